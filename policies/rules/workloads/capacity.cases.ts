import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const hard = "Deployment/order $p.topologySpreadConstraints[0].whenUnsatisfiable";
const domains = "Deployment/order $p.topologySpreadConstraints[0].minDomains";

// biome-ignore format: one case a line
export const cases: Cases = {
  "zones-for-pods": { given: { [hard]: "DoNotSchedule" }, fails: { [domains]: 4 }, boundary: { [domains]: 3 }, unknown: { [domains]: 3, "NodeGroup/steady subnetIds": UNKNOWN } },
  "resources-in-zones": { fails: { "NodeGroup/steady subnetIds": ["subnet-a"] }, boundary: { "NodeGroup/steady subnetIds": ["subnet-a", "subnet-b"] } },
  "quota-headroom": { fails: { "ResourceQuota/shop spec.hard.pods": "9" }, boundary: { "ResourceQuota/shop spec.hard.pods": "10" } }, // 2 services × (4 + 1)
  "node-capacity": {
    given: { "Deployment/order $c.resources": { requests: { cpu: "1", memory: "1" }, limits: { memory: "1", cpu: "1" } }, "Deployment/order $c.env": [], "-": ["ResourceQuota/shop", "ConfigMap/order-1a2b3c4d", "Microservice/order", "Job/order-migration"], "Deployment/payment $c.resources.requests.cpu": "1" },
    fails: { "NodeGroup/steady scalingConfig": { minSize: 1, desiredSize: 1, maxSize: 4 } },
    boundary: { "NodeGroup/steady scalingConfig": { minSize: 1, desiredSize: 1, maxSize: 5 } }, // 8 cores needed, 0.85 × 5 × 1.93 offered
  },
};
