import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const scale = "HorizontalPodAutoscaler/order spec";

// biome-ignore format: one case a line
export const cases: Cases = {
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
};
