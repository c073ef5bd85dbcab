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
  "autoscaler-exists": {
    given: { "Deployment/order spec.replicas": 2 },
    fails: { ...alone },
    boundary: {},
    unknown: { [`${scale}.scaleTargetRef.name`]: UNKNOWN, "Deployment/order spec.replicas": 2 },
  },
  "replicas-left-to-autoscaler": { fails: { "Deployment/order spec.replicas": 2 }, boundary: { "Deployment/order spec.replicas": null } },
};
