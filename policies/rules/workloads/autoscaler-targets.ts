import { everywhere, resourceRule } from "../../judging/rule.ts";
import type { Autoscaler } from "../../views/capacity.ts";

export const autoscalerUnique = resourceRule<Autoscaler["props"]>()({
  id: "autoscaler-unique",
  number: "K33",
  items: [4],
  on: ["HorizontalPodAutoscaler", "ScaledObject"],
  severity: "high",
  levels: everywhere,
  title: "No two autoscalers pull at one workload",
  why: "Two autoscalers overwrite each other's number of replicas without end.",
  fix: `metrics: [cpuMetric, memoryMetric] // of one autoscaler`,
  *across(autoscaler, { graph }) {
    const { kind = "Deployment", name = "" } = autoscaler.props.spec?.scaleTargetRef ?? {};
    const rivals = graph.once("autoscalers per target", () =>
      groupByTarget([
        ...graph.of<Autoscaler["props"]>("HorizontalPodAutoscaler"),
        ...graph.of<Autoscaler["props"]>("ScaledObject"),
      ]),
    );
    const others = (rivals.get(`${autoscaler.namespace}/${kind}/${name}`) ?? []).filter(
      (other) => other !== autoscaler,
    );
    if (name && others.length > 0)
      yield {
        path: "spec.scaleTargetRef",
        found: `${kind} ${name}, also named by ${others.map((other) => other.name).join(", ")}`,
        wanted: "one autoscaler for each workload",
        related: others,
      };
  },
});

function groupByTarget(autoscalers: readonly Autoscaler[]): Map<string, Autoscaler[]> {
  return Map.groupBy(autoscalers, ({ namespace, props }) => {
    try {
      return `${namespace}/${props.spec?.scaleTargetRef?.kind ?? "Deployment"}/${props.spec?.scaleTargetRef?.name ?? ""}`;
    } catch {
      return "unknown";
    }
  });
}

export const autoscalerHasTarget = resourceRule<Autoscaler["props"]>()({
  id: "autoscaler-has-target",
  needsAll: true,
  number: "K34",
  items: [4, 37],
  on: ["HorizontalPodAutoscaler", "ScaledObject"],
  severity: "high",
  levels: everywhere,
  title: "Every autoscaler names a workload that exists",
  why: "An autoscaler without a target does nothing, and says so only in its status.",
  fix: `scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment.metadata.name }`,
  *across(autoscaler, { graph }) {
    const { kind = "Deployment", name = "" } = autoscaler.props.spec?.scaleTargetRef ?? {};
    if (graph.find(kind, autoscaler.namespace, name)) return;
    const known = [
      "Deployment",
      "StatefulSet",
      "ReplicaSet",
      "ReplicationController",
      "DeploymentConfig",
      "Rollout",
    ].includes(kind);
    const near = graph.resources
      .filter((other) => other.kind === kind && other.namespace === autoscaler.namespace)
      .map((other) => other.name);
    if (known || !graph.resources.some((other) => other.kind.endsWith(`/${kind}`) && other.name === name)) {
      yield {
        path: "spec.scaleTargetRef.name",
        found: `${kind} ${name || "(no name)"}, which is not declared in namespace ${autoscaler.namespace}`,
        wanted: near.length ? `one of ${near.slice(0, 5).join(", ")}` : `a ${kind} of that name`,
      };
    }
  },
});
