import type { SystemPlan } from "../../model/plan.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { container } from "../signals/container.ts";
import { requestsOf } from "../signals/http.ts";
import { jobs } from "../signals/jobs.ts";
import { kubernetes } from "../signals/kubernetes.ts";
import { own } from "../signals/own.ts";
import { versions, versionSeries } from "../signals/versions.ts";
import { countingOf } from "../counting.ts";
import { serviceObjectives } from "../objective.ts";
import { isOnKit, keptCalls } from "../programs.ts";
import { look, panel, type Dashboard, type Row } from "./dashboard.ts";
import { callRow, ofKit, processPanels, requestsByRoute } from "./kit-rows.ts";
import { objectivePanels } from "./objectives.ts";

/** Everything about one service, from its promise down to its garbage collection, as far as it shows it. */
export function serviceDashboard(plan: SystemPlan, workload: WorkloadPlan): Dashboard {
  const where = [`namespace="${plan.name}"`, `service="${workload.name}"`];
  const promised = serviceObjectives(plan).some(({ service }) => service === workload.name);
  return {
    uid: `${plan.name}-${workload.name}`,
    title: `${plan.name} / ${workload.name}`,
    tags: [plan.name],
    where,
    marks: deployments(where, [workload]),
    rows: [
      ...(promised ? [{ title: "Objectives", panels: objectivePanels(where) }] : []),
      ...requests(where, plan, workload),
      workload.job === null ? pods(where, workload) : runs(where, workload),
      useOf(where, workload),
      ...(keptCalls(workload).length > 0 ? [callRow(where)] : []),
      ...(isOnKit(workload) ? ofKit(where, workload) : []),
      ...(workload.metrics !== null && workload.measures.length > 0 ? [ownMeasures(where, workload)] : []),
    ],
  };
}

/**
 * A mark wherever a version runs that did not run two minutes before, though its service did: more replicas of the same make none.
 * Only programs that are scraped say which version they are.
 */
export function deployments(where: readonly string[], programs: readonly WorkloadPlan[]): Dashboard["marks"] {
  if (!programs.some(({ metrics }) => metrics !== null)) return [];
  const now = versionSeries(where, programs);
  const of = (labels: string, info: string) => `count by (${labels}) (${info})`;
  return [
    {
      name: "Deployments",
      expr: `(${of("service, version", now)} unless ${of("service, version", `${now} offset 2m`)}) and on (service) ${of("service", `${now} offset 2m`)}`,
    },
  ];
}

/** Requests as whoever counts them shows them; nothing where nobody does. */
function requests(where: readonly string[], plan: SystemPlan, workload: WorkloadPlan): Row[] {
  if (isOnKit(workload) && workload.measured?.by === "kit") return [requestsByRoute(where)];
  const counting = workload.job === null ? countingOf(plan, workload.name) : null;
  if (counting === null) return [];
  const counted = requestsOf(counting);
  const whole = look(where, "service");
  return [
    {
      title: "Requests",
      panels: [
        panel("Requests", whole, [[counted.requests, workload.name]]),
        panel("Errors", whole, [[counted.errorRatio, workload.name]]),
        panel("Duration", whole, [
          [counted.median, "p50"],
          [counted.p95, "p95"],
          [counted.p99, "p99"],
        ]),
      ],
    },
  ];
}

function pods(where: readonly string[], workload: WorkloadPlan): Row {
  const scaled = workload.scale.max > 1;
  const view = look(where, "service");
  return {
    title: "Replicas",
    panels: [
      scaled
        ? panel("Autoscaler", view, [
            [kubernetes.replicas, "running"],
            [kubernetes.desired, "wanted"],
            [kubernetes.most, "most"],
            [kubernetes.available, "ready"],
          ])
        : panel("Ready", view, [[kubernetes.available, "ready"]]),
      ...(workload.metrics === null ? [] : [panel("Versions", look(where), [[versions([workload]), "{{version}}"]])]),
      panel("Restarts", look(where, "pod"), [[kubernetes.restarts, "{{pod}}"]]),
      panel("Not as it should be", view, [
        [kubernetes.missingReplicas, "missing replicas"],
        ...(scaled ? [[kubernetes.notScaled, "not yet scaled"] as const] : []),
      ]),
      panel(
        "Rollout failed",
        view,
        [
          [kubernetes.rolloutFailed, "failed"],
          ...(scaled ? [[kubernetes.scalingBlind, "autoscaler blind"] as const] : []),
        ],
        "states",
      ),
      panel("Killed for memory", look(where, "pod"), [[kubernetes.outOfMemory, "{{pod}}"]]),
    ],
  };
}

function runs(where: readonly string[], { name, job }: WorkloadPlan): Row {
  const view = look(where, "namespace", "service");
  return {
    title: "Runs",
    panels: [
      panel("Last good run", view, [[jobs.age, name]]),
      ...(job?.freshWithinSeconds ? [panel("Last good run of allowed", view, [[jobs.late, name]])] : []),
      panel("Last run failed", view, [[jobs.failed, name]], "states"),
      panel("Runs under way", view, [[jobs.active, name]]),
    ],
  };
}

function useOf(where: readonly string[], workload: WorkloadPlan): Row {
  return {
    title: "Use and saturation",
    panels: [
      panel("CPU", look(where, "service"), [
        [container.cpu, "used"],
        [container.cpuRequest, "set aside"],
        [container.cpuLimit, "limit"],
      ]),
      panel("Throttled", look(where, "pod"), [[container.throttled, "{{pod}}"]]),
      panel("Memory", look(where, "service"), [
        [container.memory, "used"],
        [container.memoryLimit, "limit"],
      ]),
      ...(isOnKit(workload) ? processPanels(where) : []),
    ],
  };
}

function ownMeasures(where: readonly string[], { measures }: WorkloadPlan): Row {
  const view = look(where, "service");
  return {
    title: "Measures of its own",
    panels: measures.map((measure) => panel(measure.name, view, [[own(measure), measure.metric]])),
  };
}
