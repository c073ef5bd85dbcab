import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "scalers-agree": { given: { "+": [{ apiVersion: "autoscaling.k8s.io/v1", kind: "VerticalPodAutoscaler", metadata: { name: "order", namespace: "shop" }, spec: { targetRef: { kind: "Deployment", name: "order" }, updatePolicy: { updateMode: "Off" } } }] }, fails: { "VerticalPodAutoscaler/order spec.updatePolicy.updateMode": "Auto" }, boundary: { "VerticalPodAutoscaler/order spec.updatePolicy": {}, "VerticalPodAutoscaler/order spec.resourcePolicy.containerPolicies": [{ controlledResources: ["memory"] }] } },
  "metric-has-request": {
    given: { "HorizontalPodAutoscaler/order spec.metrics[0].resource.name": "ephemeral-storage" },
    fails: { "Deployment/order $c.resources.limits.ephemeral-storage": undefined },
    boundary: { "Deployment/order $c.resources.requests.ephemeral-storage": "1Gi" },
  },
};
