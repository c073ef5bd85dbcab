import { mayBeAlone } from "../../views/alone.ts";
import type { Graph } from "../../resources/graph.ts";
import { evictions, share, spanOf, unavailable, type Budget } from "../../views/capacity.ts";
import { PROGRAMS } from "../../views/intent.ts";
import { longRunning, type Workload } from "../../resources/pods.ts";
import { preStopSeconds } from "../../views/probes.ts";
import { advice, inProduction, limit, notApplicable, workloadRule } from "../../judging/rule.ts";

const FIX = `strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }`;
const strategyType = ({ spec, kind }: Workload): string =>
  (kind.startsWith("Deployment") ? spec.strategy?.type : spec.updateStrategy?.type) ?? "RollingUpdate";

export const rollingUpdate = workloadRule({
  id: "rolling-update",
  number: "K44",
  items: [8],
  severity: "high",
  levels: inProduction,
  title: "Rollouts replace pods a few at a time",
  why: "Recreate stops every pod before the first new one starts: each rollout is an outage.",
  fix: FIX,
  *across(workload, { graph }) {
    const { kind, driver } = workload;
    if (driver || !["Deployment", "DeploymentConfig", "StatefulSet", "DaemonSet"].includes(kind)) return notApplicable;
    if (strategyType(workload) === "Recreate" && mayBeAlone(graph, workload)) return notApplicable; // a second pod could not mount the volume, or would do harm
    if (!/^Rolling(Update)?$/.test(strategyType(workload)))
      yield {
        path: kind.startsWith("Deployment") ? "spec.strategy.type" : "spec.updateStrategy.type",
        found: strategyType(workload),
        wanted: "RollingUpdate",
      };
  },
});

export const surgeFirst = workloadRule({
  id: "surge-first",
  number: "C07",
  items: [8],
  severity: "medium",
  levels: inProduction,
  title: "A rollout starts the new pod before it stops the old one",
  why: "Taking a pod away first serves the load of all with fewer, exactly when new pods are cold.",
  fix: FIX,
  *across(workload, { graph }) {
    const span = workload.kind === "Deployment" && !workload.driver ? spanOf(graph, workload) : undefined;
    if (!span || strategyType(workload) !== "RollingUpdate" || mayBeAlone(graph, workload)) return notApplicable;
    const { maxUnavailable = "25%", maxSurge = "25%" } = workload.spec.strategy?.rollingUpdate ?? {};
    if (share(maxUnavailable, Math.max(1, span.ceiling), "down") > 0)
      yield {
        path: "spec.strategy.rollingUpdate.maxUnavailable",
        found: `${maxUnavailable}${workload.spec.strategy?.rollingUpdate?.maxUnavailable === undefined ? " by default" : ""}`,
        wanted: "0",
      };
    if (/^0%?$/.test(String(maxSurge)))
      yield { path: "spec.strategy.rollingUpdate.maxSurge", found: String(maxSurge), wanted: ">= 1" };
  },
});

export const settlesBeforeNext = workloadRule({
  id: "settles-before-next",
  number: "C08",
  items: [8],
  severity: "low",
  levels: advice,
  title: "A new pod stays ready for a moment before the next old one goes",
  why: "A pod that dies in its first seconds would otherwise take the rollout with it.",
  fix: `spec: { minReadySeconds: 5 }`,
  limits: { seconds: limit("shortest minReadySeconds", 5) },
  *check({ kind, spec }, { limit: { seconds } }) {
    if (kind !== "Deployment") return notApplicable;
    if ((spec.minReadySeconds ?? 0) < seconds)
      yield { path: "spec.minReadySeconds", found: String(spec.minReadySeconds ?? 0), wanted: `>= ${seconds}` };
  },
});

export const rolloutGivesUp = workloadRule({
  id: "rollout-gives-up",
  number: "C09",
  items: [8],
  severity: "low",
  levels: inProduction,
  title: "A rollout that does not get ahead is reported within ten minutes",
  why: "A stuck rollout leaves two versions running, and nobody knows.",
  fix: `spec: { progressDeadlineSeconds: 300 }`,
  limits: { seconds: limit("longest progressDeadlineSeconds", 600) },
  *check({ kind, spec }, { limit: { seconds } }) {
    if (kind !== "Deployment") return notApplicable;
    if ((spec.progressDeadlineSeconds ?? 600) > seconds)
      yield {
        path: "spec.progressDeadlineSeconds",
        found: String(spec.progressDeadlineSeconds),
        wanted: `<= ${seconds}`,
      };
  },
});

export const rolloutKeepsFloor = workloadRule({
  id: "rollout-keeps-floor",
  number: "X04",
  items: [8, 25],
  severity: "high",
  levels: inProduction,
  title: "A rollout leaves enough pods serving",
  why: "While it rolls, the remaining pods carry all the load; below three quarters of the floor they fall one after another.",
  toldBy: "rolling-update",
  fix: FIX,
  limits: { share: limit("share of the floor that must keep serving", 0.75) },
  *across(workload, { graph, limit: { share: least } }) {
    const span = workload.kind === "Deployment" ? spanOf(graph, workload) : undefined;
    if (!span || span.floor < 1) return notApplicable;
    const related = span.autoscaler ? [span.autoscaler] : [];
    if (strategyType(workload) !== "RollingUpdate") {
      if (!mayBeAlone(graph, workload))
        yield {
          path: "spec.strategy.type",
          found: `${strategyType(workload)}: 0 of ${span.floor} serve`,
          wanted: "RollingUpdate",
          related,
        };
      return;
    }
    const [away, needed] = [unavailable(workload, span.floor), Math.max(1, Math.ceil(least * span.floor))];
    const left = span.floor - away;
    if (left < needed)
      yield {
        path: "spec.strategy.rollingUpdate.maxUnavailable",
        found: `${left} serving`,
        wanted: `>= ${needed}`,
        note: `${span.source} ${span.floor} − ${away} unavailable = ${left}; ${least} of ${span.floor} = ${needed}`,
        related,
      };
    for (const budget of graph.selecting<Budget["props"]>("PodDisruptionBudget", workload)) {
      const room = evictions(budget.props.spec ?? {}, span.floor);
      if (room && left >= needed && left < span.floor - room.allowed)
        yield {
          path: "spec.strategy.rollingUpdate.maxUnavailable",
          found: `${left} serving`,
          wanted: `>= ${span.floor - room.allowed}, which ${budget.name} asks for`,
          note: room.sum,
          related: [budget],
        };
    }
  },
});

/** True where somebody states the drain of anything, or plans with components of this product; nobody else knows the annotation. */
function usesOwnWords(graph: Graph, annotation: string): boolean {
  return graph.once(
    "states drains",
    () =>
      graph.resources.some(({ kind }) => PROGRAMS.includes(kind)) ||
      graph.workloads.some(
        ({ metadata, resource }) => metadata.annotations?.[annotation] ?? resource.metadata.annotations?.[annotation],
      ),
  );
}

export const drainStated = workloadRule({
  id: "drain-stated",
  number: "C10",
  items: [38],
  severity: "low",
  levels: advice,
  title: "A workload states how long its requests take to drain",
  why: "The time a pod needs to finish cannot be guessed from outside; stated, it can be checked.",
  fix: `metadata: { annotations: { "slipway.dev/drain-seconds": "20" } }`,
  limits: { annotation: limit("annotation that states the drain", "slipway.dev/drain-seconds") },
  *across(workload, { graph, limit: { annotation } }) {
    if (graph.selecting("Service", workload).length === 0) return notApplicable;
    const stated = workload.metadata.annotations?.[annotation] ?? workload.resource.metadata.annotations?.[annotation];
    if (stated === undefined && !usesOwnWords(graph, annotation)) return notApplicable;
    if (stated === undefined)
      return yield { path: `metadata.annotations["${annotation}"]`, found: "not set", wanted: "seconds" };
    const grace = workload.pod.terminationGracePeriodSeconds ?? 30;
    for (const { container, path } of longRunning(workload)) {
      const wait = preStopSeconds(container) ?? 0;
      if (wait + Number(stated) >= grace)
        yield {
          path: `${path}.lifecycle.preStop`,
          found: `${wait + Number(stated)} s`,
          wanted: `< ${grace} s`,
          note: `preStop ${wait} s + drain ${stated} s`,
        };
    }
  },
});
