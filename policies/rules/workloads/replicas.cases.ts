import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const scale = "HorizontalPodAutoscaler/order spec";
const alone = { "-": ["HorizontalPodAutoscaler/order"] };

// biome-ignore format: one case a line
export const cases: Cases = {
  "replica-floor": {
    given: { ...alone, "Deployment/order spec.replicas": 2 },
    fails: { "Deployment/order spec.replicas": 1 },
    boundary: { "Deployment/order spec.replicas": 2 },
  },
  "autoscaler-floor": { fails: { [`${scale}.minReplicas`]: 1 }, boundary: { [`${scale}.minReplicas`]: 2 } },
  "autoscaler-can-grow": { fails: { [`${scale}.maxReplicas`]: 2 }, boundary: { [`${scale}.maxReplicas`]: 3 } },
  "autoscaler-exists": {
    given: { "Deployment/order spec.replicas": 2 },
    fails: { ...alone },
    boundary: {},
    unknown: { [`${scale}.scaleTargetRef.name`]: UNKNOWN, "Deployment/order spec.replicas": 2 },
  },
  "autoscaler-unique": {
    fails: { "+": [{ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "second", namespace: "shop" }, spec: { scaleTargetRef: { kind: "Deployment", name: "order" }, minReplicas: 2, maxReplicas: 4, metrics: [] } }] },
    boundary: { "+": [{ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "second", namespace: "other" }, spec: { scaleTargetRef: { kind: "Deployment", name: "order" } } }] },
    unknown: { [`${scale}.scaleTargetRef.name`]: UNKNOWN },
  },
  "autoscaler-has-target": {
    fails: { "+": [{ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "lost", namespace: "shop" }, spec: { scaleTargetRef: { kind: "Deployment", name: "odrer" }, minReplicas: 2, maxReplicas: 4 } }] },
    boundary: {},
    unknown: { [`${scale}.scaleTargetRef.name`]: UNKNOWN },
  },
  "replicas-left-to-autoscaler": { fails: { "Deployment/order spec.replicas": 2 }, boundary: { "Deployment/order spec.replicas": null } },
  "autoscaler-reacts": { fails: { [`${scale}.metrics[0].resource.target.averageUtilization`]: 81 }, boundary: { [`${scale}.metrics[0].resource.target.averageUtilization`]: 80 } },
  "scale-down-waits": { fails: { [`${scale}.behavior.scaleDown.stabilizationWindowSeconds`]: 299 }, boundary: { [`${scale}.behavior`]: undefined } },
};
