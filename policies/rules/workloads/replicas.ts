import { autoscalersOf, type Autoscaler } from "../../views/capacity.ts";
import type { Workload } from "../../resources/pods.ts";
import {
  advice,
  everywhere,
  inProduction,
  limit,
  notApplicable,
  resourceRule,
  workloadRule,
} from "../../judging/rule.ts";

const HPA = ["HorizontalPodAutoscaler"];
const SCALERS = ["HorizontalPodAutoscaler", "ScaledObject"];
type AutoscalerProps = Autoscaler["props"];
/** Components whose load does not come from customers; monitoring-survives judges them. */
const INTERNAL: readonly string[] = ["monitoring"];
const isOneOf = (components: readonly string[], { metadata }: Workload): boolean =>
  components.includes(metadata.labels?.["app.kubernetes.io/component"] ?? "");
const replicated = ({ kind }: Workload): boolean =>
  ["Deployment", "StatefulSet", "DeploymentConfig", "Rollout"].includes(kind);

export const replicaFloor = workloadRule({
  id: "replica-floor",
  number: "K29",
  items: [25],
  severity: "high",
  levels: inProduction,
  title: "More than one replica runs when nothing scales it",
  why: "With one replica every crash, drain and rollout is an outage.",
  fix: `spec: { replicas: 2 }`,
  limits: {
    min: limit("lowest number of replicas", 3, 2, 1),
    alone: limit("components that may run once, because they answer no customer", INTERNAL),
  },
  *across(workload, { graph, limit: { min, alone } }) {
    if (isOneOf(alone, workload)) return notApplicable;
    if (!replicated(workload) || autoscalersOf(graph, workload).length > 0) return notApplicable;
    const found = workload.spec.replicas ?? 1; // what Kubernetes assumes
    if (found < min)
      yield {
        path: "spec.replicas",
        found: `${found}${workload.spec.replicas === undefined ? " by default" : ""}`,
        wanted: `>= ${min}, or an autoscaler`,
      };
  },
});

export const autoscalerFloor = resourceRule<AutoscalerProps>()({
  id: "autoscaler-floor",
  number: "K30",
  items: [4, 25],
  on: HPA,
  severity: "high",
  levels: inProduction,
  title: "Replicas stay up at the lowest load",
  why: "An autoscaler that may go down to one replica makes every quiet night a single point of failure.",
  fix: `spec: { minReplicas: 2 }`,
  limits: { min: limit("lowest minReplicas", 3, 2, 1) },
  *check({ props }, { limit: { min } }) {
    const found = props.spec?.minReplicas ?? 1; // what Kubernetes assumes
    if (found < min)
      yield {
        path: "spec.minReplicas",
        found: `${found}${props.spec?.minReplicas === undefined ? " by default" : ""}`,
        wanted: `>= ${min}`,
      };
  },
});

export const autoscalerCanGrow = resourceRule<AutoscalerProps>()({
  id: "autoscaler-can-grow",
  number: "K31",
  items: [4],
  on: HPA,
  severity: "high",
  levels: everywhere,
  title: "An autoscaler may go above its floor",
  why: "With equal bounds nothing scales, although it looks as if it would.",
  fix: `spec: { minReplicas: 2, maxReplicas: 6 }`,
  *check({ props }) {
    const [min, max] = [props.spec?.minReplicas ?? 1, props.spec?.maxReplicas];
    if (max === undefined || max <= min)
      yield { path: "spec.maxReplicas", found: `${max ?? "not set"}`, wanted: `> minReplicas, ${min}` };
  },
});

export const autoscalerExists = workloadRule({
  id: "autoscaler-exists",
  number: "K32",
  items: [4],
  severity: "medium",
  levels: advice,
  title: "Every Deployment has an autoscaler",
  why: "A fixed number of replicas is too small at the peak and too large in the night.",
  fix: `new k8s.autoscaling.v2.HorizontalPodAutoscaler("order", { spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "order" }, minReplicas: 2, maxReplicas: 6, metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }] } })`,
  limits: { steady: limit("components that need none, because they answer no customer", INTERNAL) },
  *across(workload, { graph, limit: { steady } }) {
    if (workload.kind !== "Deployment" || isOneOf(steady, workload)) return notApplicable;
    if (autoscalersOf(graph, workload).length === 0)
      yield {
        path: "metadata.name",
        found: `no autoscaler names Deployment ${workload.name}`,
        wanted: "one HorizontalPodAutoscaler or ScaledObject",
      };
  },
});

export const autoscalerUnique = resourceRule<AutoscalerProps>()({
  id: "autoscaler-unique",
  number: "K33",
  items: [4],
  on: SCALERS,
  severity: "high",
  levels: everywhere,
  title: "No two autoscalers pull at one workload",
  why: "Two autoscalers overwrite each other's number of replicas without end.",
  fix: `metrics: [cpuMetric, memoryMetric] // of one autoscaler`,
  *across(autoscaler, { graph }) {
    const { kind = "Deployment", name = "" } = autoscaler.props.spec?.scaleTargetRef ?? {};
    const rivals = graph.once("autoscalers per target", () =>
      groupByTarget([
        ...graph.of<AutoscalerProps>("HorizontalPodAutoscaler"),
        ...graph.of<AutoscalerProps>("ScaledObject"),
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

export const autoscalerHasTarget = resourceRule<AutoscalerProps>()({
  id: "autoscaler-has-target",
  number: "K34",
  items: [4, 37],
  on: SCALERS,
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

export const replicasLeftToAutoscaler = workloadRule({
  id: "replicas-left-to-autoscaler",
  number: "K35",
  items: [4],
  severity: "medium",
  levels: everywhere,
  title: "A workload with an autoscaler sets no replicas of its own",
  why: "Every deployment sets the number back: in the middle of a peak most of the pods are stopped.",
  fix: `spec: { selector, template } // no replicas`,
  *across(workload, { graph }) {
    const [autoscaler] = autoscalersOf(graph, workload);
    if (!autoscaler) return notApplicable;
    if (workload.spec.replicas === undefined || workload.spec.replicas === null) return;
    yield {
      path: "spec.replicas",
      found: String(workload.spec.replicas),
      wanted: `not set, because ${autoscaler.kind} ${autoscaler.name} decides`,
      related: [autoscaler],
    };
  },
});

export const autoscalerReacts = resourceRule<AutoscalerProps>()({
  id: "autoscaler-reacts",
  number: "C04",
  items: [4],
  on: HPA,
  severity: "medium",
  levels: inProduction,
  title: "An autoscaler has a cpu target that leaves room and a ceiling that was meant",
  why: "Above 80 % there is no room left while new pods start; a ceiling beyond ten was never rehearsed.",
  fix: `metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }]`,
  limits: {
    low: limit("lowest cpu target in percent", 15),
    high: limit("highest cpu target in percent", 80),
    max: limit("highest maxReplicas", 10),
  },
  *check({ props }, { limit: { low, high, max } }) {
    const spec = props.spec ?? {};
    if ((spec.maxReplicas ?? 0) > max)
      yield { path: "spec.maxReplicas", found: String(spec.maxReplicas), wanted: `<= ${max}` };
    for (const [index, metric] of (spec.metrics ?? []).entries()) {
      const { name, target } = metric.resource ?? metric.containerResource ?? {};
      const goal = target?.averageUtilization;
      if (name === "cpu" && goal !== undefined && (goal < low || goal > high))
        yield {
          path: `spec.metrics[${index}].resource.target.averageUtilization`,
          found: `${goal} %`,
          wanted: `${low} to ${high} %`,
        };
    }
  },
});

export const scaleDownWaits = resourceRule<AutoscalerProps>()({
  id: "scale-down-waits",
  number: "X29",
  items: [4],
  on: HPA,
  severity: "medium",
  levels: inProduction,
  title: "An autoscaler scales up at once and down with patience",
  why: "Scaling down between two waves of load makes the second one meet half the pods.",
  fix: `behavior: { scaleDown: { stabilizationWindowSeconds: 300 } }`,
  limits: { seconds: limit("shortest scale-down window", 300, 300, 60) },
  *check({ props }, { limit: { seconds } }) {
    const { scaleUp, scaleDown } = props.spec?.behavior ?? {};
    if (scaleUp?.selectPolicy === "Disabled")
      yield { path: "spec.behavior.scaleUp.selectPolicy", found: "Disabled", wanted: "Max or Min" };
    const window = scaleDown?.stabilizationWindowSeconds ?? 300; // what Kubernetes assumes
    if (window < seconds && scaleDown?.selectPolicy !== "Disabled")
      yield {
        path: "spec.behavior.scaleDown.stabilizationWindowSeconds",
        found: `${window} s`,
        wanted: `>= ${seconds} s`,
      };
  },
});
