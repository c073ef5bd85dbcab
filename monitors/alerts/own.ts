import type { MeasurePlan } from "../../model/plan/program/measures.ts";
import { above, below, type Alert } from "../alert.ts";
import { scraped } from "../programs.ts";
import { counting, type Proof, steady } from "../proof.ts";
import { example, type Scope, viewOf } from "../scope.ts";
import { own } from "../signals/own.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** Alerts on measures that single services have, as their descriptions name them; of what shows no figures nothing can be told. */
export function ownAlerts(scope: Scope): Alert[] {
  return scraped(scope.plan).flatMap(({ name, measures }) =>
    measures.flatMap((measure) => (measure.alert ? [ownAlert(scope, name, measure, measure.alert)] : [])),
  );
}

function ownAlert(
  scope: Scope,
  service: string,
  measure: MeasurePlan,
  alert: NonNullable<MeasurePlan["alert"]>,
): Alert {
  const view = viewOf(scope);
  const measured = own(measure).expr({ ...view, where: [...view.where, `service="${service}"`] });
  const word = alert.trouble === "above" ? "more than" : "less than";
  return {
    name: measure.name,
    severity: alert.severity,
    role: "symptom",
    patience: alert.seconds,
    ...(alert.trouble === "above" ? above : below)(measured, alert.limit),
    summary: `{{ $labels.service }}: ${measure.name} is ${word} ${alert.limit}`,
    description: `${measure.meaning}: {{ $value }}${measure.kind === "counter" ? " a second" : ""}, ${word} ${alert.limit}.`,
    runbook: { symptom: measure.meaning, impact: alert.impact, diagnosis: LOOK_AT_SERVICE, fix: alert.fix },
    proof: proofOf(scope, service, measure),
  };
}

/** A rate grows until its window is full: what is too little is so from its second sample on. */
function proofOf(scope: Scope, service: string, { metric, kind, alert }: MeasurePlan): Proof {
  const series = example(metric, scope, service);
  const settled = alert?.trouble === "below" ? scope.timing.scrape : scope.timing.rate;
  return {
    series: (value, every) => [kind === "gauge" ? steady(series, value) : counting(series, value, every)],
    labels: { namespace: scope.plan.name, service },
    settles: kind === "gauge" ? 0 : settled,
  };
}
