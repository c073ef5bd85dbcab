import { UNKNOWN } from "../../resources/unknown.ts";
import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "entry-reaches-pods": { fails: { "NetworkPolicy/order spec.ingress[0].from": [{ podSelector: {} }] }, boundary: { "NetworkPolicy/order spec.ingress[0].from": [{ ipBlock: { cidr: "10.0.0.0/16" } }] }, unknown: { "NetworkPolicy/order spec.podSelector": UNKNOWN, "NetworkPolicy/default-deny spec.podSelector": UNKNOWN } },
  "names-resolve": { fails: { "NetworkPolicy/order spec.egress[0].ports": [{ protocol: "TCP", port: 53 }] }, boundary: { "NetworkPolicy/order spec.egress[0].ports": [{ protocol: "UDP", port: 50, endPort: 53 }, { protocol: "TCP", port: 53 }] } },
};
