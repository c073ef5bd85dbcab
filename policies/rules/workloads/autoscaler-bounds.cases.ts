import type { Cases } from "../../testing/case.ts";

const scale = "HorizontalPodAutoscaler/order spec";

// biome-ignore format: one case a line
export const cases: Cases = {
  "autoscaler-can-grow": { fails: { [`${scale}.maxReplicas`]: 2 }, boundary: { [`${scale}.maxReplicas`]: 3 } },
  "autoscaler-reacts": { fails: { [`${scale}.metrics[0].resource.target.averageUtilization`]: 81 }, boundary: { [`${scale}.metrics[0].resource.target.averageUtilization`]: 80 } },
  "scale-down-waits": { fails: { [`${scale}.behavior.scaleDown.stabilizationWindowSeconds`]: 299 }, boundary: { [`${scale}.behavior`]: undefined } },
};
