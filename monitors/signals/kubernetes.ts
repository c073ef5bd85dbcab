import { max, min, sum } from "../promql/aggregate.ts";
import { ofAnyService, series, type Matchers } from "../promql/selector.ts";
import type { MetricKey } from "../metrics.ts";
import { signals } from "../signal.ts";

/**
 * A value of a Deployment or autoscaler with the name of its service. Both are named by Pulumi, so the service
 * comes from their labels, which kube-state-metrics shows in a series of its own.
 */
function owned(
  kind: "deployment" | "horizontalpodautoscaler",
  where: Matchers,
  by: readonly string[],
  value: string,
): string {
  const labels = series(kind === "deployment" ? "deploymentLabels" : "autoscalerLabels", where);
  return max(by, `${value} * on (namespace, ${kind}) group_left (service, system) ${labels}`);
}

const deployment = (metric: MetricKey, where: Matchers, by: readonly string[], ...more: string[]) =>
  owned("deployment", where, by, series(metric, ofAnyService(where), ...more));
const autoscaler = (metric: MetricKey, where: Matchers, by: readonly string[], ...more: string[]) =>
  owned("horizontalpodautoscaler", where, by, series(metric, ofAnyService(where), ...more));

/** What Kubernetes knows about the pods of a service. */
export const kubernetes = signals({
  up: {
    title: "Targets down",
    unit: "short",
    meaning: "0 for a pod whose metrics cannot be read.",
    expr: ({ where, by }) => min(by, series("up", where)),
  },
  restarts: {
    title: "Restarts",
    unit: "short",
    meaning: "Restarts of containers within fifteen minutes.",
    expr: ({ where, by }) => sum(by, `increase(${series("podRestarts", where)}[15m])`),
  },
  outOfMemory: {
    title: "Killed for memory",
    unit: "short",
    meaning: "Restarts within ten minutes of a container last killed for using more memory than its limit.",
    expr: ({ where, by }) =>
      sum(
        by,
        `increase(${series("podRestarts", where)}[10m]) * on (namespace, pod, container) group_left () ${series("podLastTerminated", where, 'reason="OOMKilled"')}`,
      ),
  },
  missingReplicas: {
    title: "Missing replicas",
    unit: "short",
    meaning: "Replicas wanted and not available.",
    expr: ({ where, by }) =>
      `${deployment("deploymentWanted", where, by)} - ${deployment("deploymentAvailable", where, by)}`,
  },
  notReady: {
    title: "Pods not ready",
    unit: "short",
    meaning: "Pods that should run and are not ready; those that have ended do not count.",
    expr: ({ where, by }) => {
      const of = ofAnyService(where);
      const idle = max(
        ["namespace", "pod"],
        `${series("podReady", of, 'condition="false"')} or ${series("podPhase", of, 'phase="Pending"')}`,
      );
      return sum(
        by,
        `(${idle} unless on (namespace, pod) ${series("podPhase", of, 'phase=~"Succeeded|Failed"')} == 1) * on (namespace, pod) group_left (service) ${series("podLabels", where)}`,
      );
    },
  },
  available: {
    title: "Available",
    unit: "short",
    meaning: "Replicas that are ready to serve.",
    expr: ({ where, by }) => deployment("deploymentAvailable", where, by),
  },
  rolloutFailed: {
    title: "Rollout failed",
    unit: "bool_on_off",
    meaning: "1 when a rollout made no progress within its deadline.",
    expr: ({ where, by }) => deployment("deploymentCondition", where, by, 'condition="Progressing",status="false"'),
  },
  replicas: {
    title: "Replicas",
    unit: "short",
    meaning: "Replicas that run.",
    expr: ({ where, by }) => autoscaler("autoscalerCurrent", where, by),
  },
  desired: {
    title: "Wanted",
    unit: "short",
    meaning: "Replicas the autoscaler asks for.",
    expr: ({ where, by }) => autoscaler("autoscalerDesired", where, by),
  },
  most: {
    title: "Most",
    unit: "short",
    meaning: "Replicas the autoscaler may ask for.",
    expr: ({ where, by }) => autoscaler("autoscalerMax", where, by),
  },
  atMost: {
    title: "Autoscaler at its limit",
    unit: "percentunit",
    meaning: "Replicas wanted as a share of the most allowed.",
    expr: ({ where, by }) =>
      `${autoscaler("autoscalerDesired", where, by)} / ${autoscaler("autoscalerMax", where, by)}`,
  },
  notScaled: {
    title: "Replicas not yet as wanted",
    unit: "short",
    meaning: "Difference between the replicas that the autoscaler wants and those that run.",
    expr: ({ where, by }) =>
      `abs(${autoscaler("autoscalerDesired", where, by)} - ${autoscaler("autoscalerCurrent", where, by)})`,
  },
  scalingBlind: {
    title: "Autoscaler blind",
    unit: "bool_on_off",
    meaning: "1 while the autoscaler gets no metric and cannot act.",
    expr: ({ where, by }) => autoscaler("autoscalerCondition", where, by, 'condition="ScalingActive",status="false"'),
  },
  budgetSpare: {
    title: "Above disruption budget",
    unit: "short",
    meaning: "Healthy pods minus those the disruption budget asks for; below 0 the floor is broken.",
    expr: ({ where }) =>
      `${min(["namespace", "poddisruptionbudget"], series("budgetHealthy", ofAnyService(where)))} - ${min(["namespace", "poddisruptionbudget"], series("budgetWanted", ofAnyService(where)))}`,
  },
});
