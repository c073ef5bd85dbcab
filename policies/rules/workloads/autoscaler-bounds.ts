import { everywhere, inProduction, limit, resourceRule } from "../../judging/rule.ts";
import { boundsOf, type Autoscaler } from "../../views/capacity.ts";

export const autoscalerCanGrow = resourceRule<Autoscaler["props"]>()({
  id: "autoscaler-can-grow",
  number: "K31",
  items: [4],
  on: ["HorizontalPodAutoscaler", "ScaledObject"],
  severity: "high",
  levels: everywhere,
  title: "An autoscaler may go above its floor",
  why: "With equal bounds nothing scales, although it looks as if it would.",
  fix: `spec: { minReplicas: 2, maxReplicas: 6 }`,
  *check(autoscaler) {
    const { floor, ceiling } = boundsOf(autoscaler);
    const [path, least] =
      autoscaler.kind === "ScaledObject"
        ? ["spec.maxReplicaCount", "minReplicaCount"]
        : ["spec.maxReplicas", "minReplicas"];
    const min = autoscaler.props.spec?.minReplicaCount ?? floor; // above the idle count nothing may move either
    if (ceiling === undefined || ceiling <= min)
      yield { path, found: `${ceiling ?? "not set"}`, wanted: `> ${least}, ${min}` };
  },
});

export const autoscalerReacts = resourceRule<Autoscaler["props"]>()({
  id: "autoscaler-reacts",
  number: "C04",
  items: [4],
  on: ["HorizontalPodAutoscaler"],
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

export const scaleDownWaits = resourceRule<Autoscaler["props"]>()({
  id: "scale-down-waits",
  number: "X29",
  items: [4],
  on: ["HorizontalPodAutoscaler"],
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
