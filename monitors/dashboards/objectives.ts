import type { SystemPlan } from "../../model/plan.ts";
import { serviceObjectives } from "../objective.ts";
import { objectives } from "../signals/objectives.ts";
import { look, panel, type Dashboard, type Panel } from "./dashboard.ts";
import { firing } from "./firing.ts";

/** The promises of one service, or of all services that `where` lets through. */
export function objectivePanels(where: readonly string[], ...by: string[]): Panel[] {
  const view = look(where, ...by, "slo");
  const name = [...by.map((label) => `{{${label}}}`), "{{slo}}"].join(" ");
  return [
    panel("Budget left, 3 days", view, [[objectives.budgetLeft, name]], "figure"),
    panel("Kept, 3 days", view, [[objectives.kept, name]], "figure"),
    panel("Promised", view, [[objectives.promised, name]], "figure"),
    firingPanel(where),
    panel("Burn rate", view, [
      [objectives.burnFast, `${name} 1 h`],
      [objectives.burnSlow, `${name} 6 h`],
    ]),
    panel("Events", view, [
      [objectives.events, name],
      [objectives.bad, `${name} bad`],
    ]),
  ];
}

/** Alerts that fire now. */
export function firingPanel(where: readonly string[]): Panel {
  return panel("Alerts firing", look(where), [[firing, "{{alertname}}"]], "figure");
}

/** All promises of a system side by side. */
export function objectivesDashboard(plan: SystemPlan): Dashboard {
  const where = [`namespace="${plan.name}"`];
  const promising = new Set(serviceObjectives(plan).map(({ service }) => service));
  return {
    uid: `${plan.name}-objectives`,
    title: `${plan.name} / Objectives`,
    tags: [plan.name],
    where,
    marks: [],
    rows: [
      { title: "All services", panels: objectivePanels(where, "service") },
      ...[...promising].map((service) => ({
        title: service,
        panels: objectivePanels([...where, `service="${service}"`]).slice(-2),
      })),
    ],
  };
}
