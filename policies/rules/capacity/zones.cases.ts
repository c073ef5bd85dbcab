import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const hard = "Deployment/order $p.topologySpreadConstraints[0].whenUnsatisfiable";
const domains = "Deployment/order $p.topologySpreadConstraints[0].minDomains";

// biome-ignore format: one case a line
export const cases: Cases = {
  "zones-for-pods": { given: { [hard]: "DoNotSchedule" }, fails: { [domains]: 4 }, boundary: { [domains]: 3 }, unknown: { [domains]: 3, "NodeGroup/steady subnetIds": UNKNOWN } },
  "resources-in-zones": { fails: { "NodeGroup/steady subnetIds": ["subnet-a"] }, boundary: { "NodeGroup/steady subnetIds": ["subnet-a", "subnet-b"] } },
};
