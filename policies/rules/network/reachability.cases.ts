import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "names-resolve": { fails: { "NetworkPolicy/order spec.egress[0].ports": [{ protocol: "TCP", port: 53 }] }, boundary: { "NetworkPolicy/order spec.egress[0].ports": [{ protocol: "UDP", port: 50, endPort: 53 }, { protocol: "TCP", port: 53 }] } },
};
