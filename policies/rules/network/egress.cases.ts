import type { Cases } from "../../testing/case.ts";

const egress = "NetworkPolicy/order spec.egress[+]";
const everywhere = { ipBlock: { cidr: "0.0.0.0/0" } };

export const cases: Cases = {
  "egress-is-limited": {
    fails: { [egress]: { ports: [{ protocol: "TCP", port: 443 }] } },
    boundary: { [egress]: { to: [everywhere], ports: [{ protocol: "TCP", port: 443 }] } },
  },
};
