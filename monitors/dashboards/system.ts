import type { SystemPlan } from "../../model/plan.ts";
import { container } from "../signals/container.ts";
import { entry } from "../signals/entry.ts";
import { requestsOf } from "../signals/http.ts";
import { jobs } from "../signals/jobs.ts";
import { versions } from "../signals/versions.ts";
import { kubernetes } from "../signals/kubernetes.ts";
import { messaging } from "../signals/messaging.ts";
import { calls } from "../signals/calls.ts";
import { type Counting, countingOf } from "../counting.ts";
import { serviceObjectives } from "../objective.ts";
import { jobs as jobPrograms, keptCalls, onKit, running, scraped } from "../programs.ts";
import { look, panel, type Dashboard, type Panel, type Row } from "./dashboard.ts";
import { firingPanel, objectivePanels } from "./objectives.ts";
import { deployments } from "./service.ts";

/** A system on one screen: is it well, and if not, which service is it? */
export function systemDashboard(plan: SystemPlan): Dashboard {
  const where = [`namespace="${plan.name}"`];
  return {
    uid: plan.name,
    title: plan.name,
    tags: [plan.name],
    where,
    marks: deployments(where, plan.workloads),
    rows: [
      ...(serviceObjectives(plan).length > 0
        ? [{ title: "Objectives", panels: objectivePanels(where, "service") }]
        : [{ title: "Alerts", panels: [firingPanel(where)] }]),
      services(where, plan),
      ...(jobPrograms(plan).length > 0 ? [jobRow(where, plan)] : []),
      ...(plan.workloads.some((workload) => keptCalls(workload).length > 0) ? [callRow(where)] : []),
      ...events(where, plan),
      ...((plan.entry?.routes ?? []).length > 0 ? [entryRow(where)] : []),
    ],
  };
}

function entryRow(where: readonly string[]): Row {
  return {
    title: "Entry",
    panels: [
      panel("Entry reachable", look(where, "service"), [[entry.reachable, "reachable"]], "states"),
      panel("Probe time", look(where, "service"), [[entry.probeTime, "through the entry"]]),
      panel("Certificate valid for", look(where, "service"), [[entry.certificate, "certificate"]], "figure"),
    ],
  };
}

function services(where: readonly string[], plan: SystemPlan): Row {
  return {
    title: "Services",
    panels: [
      ...requestPanels(where, plan),
      ...(running(plan).length > 0
        ? [panel("Ready replicas", look(where, "service"), [[kubernetes.available, "{{service}}"]])]
        : []),
      panel("CPU", look(where, "service"), [[container.cpu, "{{service}}"]]),
      panel("Memory of limit", look(where, "service"), [[container.memoryRatio, "{{service}}"]]),
      ...(scraped(plan).length > 0
        ? [panel("Versions", look(where), [[versions(plan.workloads), "{{service}} {{version}}"]])]
        : []),
      panel("Restarts", look(where, "service"), [[kubernetes.restarts, "{{service}}"]]),
      panel("Pods not ready", look(where, "service"), [[kubernetes.notReady, "{{service}}"]]),
      ...(running(plan).length > 0
        ? [panel("Above disruption budget", look(where), [[kubernetes.budgetSpare, "{{poddisruptionbudget}}"]])]
        : []),
    ],
  };
}

/** Requests of every service that somebody counts: a line for each way of counting, and at the gateway for each service. */
function requestPanels(where: readonly string[], plan: SystemPlan): Panel[] {
  const ways = waysOfCounting(plan);
  if (ways.length === 0) return [];
  const view = look(where, "service");
  const lines = (of: "requests" | "errorRatio" | "p99") =>
    ways.map(({ counting, legend }) => [requestsOf(counting)[of], legend] as const);
  return [
    panel("Requests", view, lines("requests")),
    panel("Errors", view, lines("errorRatio")),
    panel("p99", view, lines("p99")),
  ];
}

function waysOfCounting(plan: SystemPlan): { readonly counting: Counting; readonly legend: string }[] {
  const all = running(plan).flatMap(({ name }) => {
    const counting = countingOf(plan, name);
    return counting ? [{ counting, legend: counting.by === "gateway" ? name : "{{service}}" }] : [];
  });
  return [...new Map(all.map((way) => [JSON.stringify(way), way])).values()];
}

function jobRow(where: readonly string[], plan: SystemPlan): Row {
  const view = look(where, "namespace", "service");
  const watched = jobPrograms(plan).some(({ job }) => job?.freshWithinSeconds);
  return {
    title: "Jobs",
    panels: [
      panel("Last good run", view, [[jobs.age, "{{service}}"]]),
      ...(watched ? [panel("Last good run of allowed", view, [[jobs.late, "{{service}}"]])] : []),
      panel("Last run failed", view, [[jobs.failed, "{{service}}"]], "states"),
    ],
  };
}

function callRow(where: readonly string[]): Row {
  return {
    title: "Calls",
    panels: [
      panel("Calls", look(where, "service", "callee"), [[calls.rate, "{{service}} → {{callee}} {{outcome}}"]]),
      panel("Breakers", look(where, "service", "callee"), [[calls.breakerOpen, "{{service}} → {{callee}}"]], "states"),
      panel("Call p99", look(where, "service", "callee"), [[calls.p99, "{{service}} → {{callee}}"]]),
    ],
  };
}

function events(where: readonly string[], plan: SystemPlan): Row[] {
  const publishes = onKit(plan).some((program) => program.publishes.length > 0);
  const consumes = onKit(plan).some((program) => program.consumes.length > 0);
  if (!publishes && !consumes) return [];
  const lag = panel("Lag", look(where, "service", "topic"), [[messaging.lagSeconds, "{{service}} {{topic}}"]]);
  return [
    {
      title: "Events",
      panels: [
        ...(publishes ? [panel("Published", look(where, "service"), [[messaging.produced, "{{service}}"]])] : []),
        ...(consumes ? [lag] : []),
        ...(publishes
          ? [panel("Oldest in outbox", look(where, "service"), [[messaging.outboxAge, "{{service}}"]])]
          : []),
      ],
    },
  ];
}
