import type { Cases } from "../../testing/case.ts";

const ports = "Service/payment spec.ports";

// biome-ignore format: one case a line
export const cases: Cases = {
  "service-internal": { fails: { "Service/order spec.type": "NodePort" }, boundary: { "Service/order spec.type": undefined } },
  "port-chain": { fails: { [`${ports}[0].targetPort`]: 8081 }, boundary: { [`${ports}[0].targetPort`]: "8080" } },
};
