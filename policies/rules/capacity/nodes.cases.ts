import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "node-capacity": {
    given: { "Deployment/order $c.resources": { requests: { cpu: "1", memory: "1" }, limits: { memory: "1", cpu: "1" } }, "Deployment/order $c.env": [], "-": ["ResourceQuota/shop", "ConfigMap/order-1a2b3c4d", "Microservice/order", "Job/order-migration"], "Deployment/payment $c.resources.requests.cpu": "1" },
    fails: { "NodeGroup/steady scalingConfig": { minSize: 1, desiredSize: 1, maxSize: 4 } },
    boundary: { "NodeGroup/steady scalingConfig": { minSize: 1, desiredSize: 1, maxSize: 5 } }, // 8 cores needed, 0.85 × 5 × 1.93 offered
  },
};
