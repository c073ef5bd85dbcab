import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const spec = "Deployment/order spec";

// biome-ignore format: one case a line
export const cases: Cases = {
  "rolling-update": {
    given: { "+": [{ apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name: "agent", namespace: "kube-system" }, spec: { updateStrategy: { type: "RollingUpdate" } } }] },
    fails: { "DaemonSet/agent spec.updateStrategy.type": "OnDelete" },
    boundary: { "DaemonSet/agent spec.updateStrategy": undefined },
  },
  "surge-first": {
    given: { "HorizontalPodAutoscaler/order spec.minReplicas": 8, "HorizontalPodAutoscaler/order spec.maxReplicas": 9, "ResourceQuota/shop spec.hard": { pods: 40 } },
    fails: { [`${spec}.strategy.rollingUpdate.maxUnavailable`]: 1 },
    boundary: { [`${spec}.strategy.rollingUpdate`]: { maxUnavailable: "0%", maxSurge: "1%" } },
  },
  "settles-before-next": { fails: { [`${spec}.minReadySeconds`]: 4 }, boundary: { [`${spec}.minReadySeconds`]: 5 } },
  "rollout-gives-up": { fails: { [`${spec}.progressDeadlineSeconds`]: 601 }, boundary: { [`${spec}.progressDeadlineSeconds`]: undefined } },
  "rollout-keeps-floor": {
    tier: "dev", // where surge-first only advises
    given: { "HorizontalPodAutoscaler/order spec.minReplicas": 8, "HorizontalPodAutoscaler/order spec.maxReplicas": 9, "ResourceQuota/shop spec.hard": { pods: 40 }, [`${spec}.strategy.rollingUpdate.maxUnavailable`]: 2, "PodDisruptionBudget/order spec.maxUnavailable": 2 },
    fails: { [`${spec}.strategy.rollingUpdate.maxUnavailable`]: 3 },
    boundary: { [`${spec}.strategy.rollingUpdate.maxUnavailable`]: "25%" },
  },
  "drain-stated": { fails: { "Deployment/order spec.template.metadata.annotations": { "slipway.dev/drain-seconds": "37" } }, boundary: { "Deployment/order spec.template.metadata.annotations": { "slipway.dev/drain-seconds": "36" } }, unknown: { "Deployment/order spec.template.metadata.annotations": UNKNOWN } },
};
