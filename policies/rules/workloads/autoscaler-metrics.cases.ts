import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "metric-has-request": {
    given: { "HorizontalPodAutoscaler/order spec.metrics[0].resource.name": "ephemeral-storage" },
    fails: { "Deployment/order $c.resources.limits.ephemeral-storage": undefined },
    boundary: { "Deployment/order $c.resources.requests.ephemeral-storage": "1Gi" },
  },
};
