import type { Cases } from "../../testing/case.ts";

const settings = "ConfigMap/order-1a2b3c4d data";

// biome-ignore format: one case a line
export const cases: Cases = {
  "every-call-breaks": { fails: { [`${settings}.PAYMENT_TIMEOUT_MS`]: "2001" }, boundary: { [`${settings}.PAYMENT_TIMEOUT_MS`]: "2000" } },
  "call-leads-to-service": { fails: { [`${settings}.PAYMENT_URL`]: "http://paymnt:8080" }, boundary: { [`${settings}.PAYMENT_URL`]: "http://payment.shop.svc:8080/v1" } },
  "nothing-undeclared": {
    given: { "ConfigMap/payment-1a2b3c4d data.BACK": "none", "Deployment/payment $c.env[+]": { name: "BACK", valueFrom: { configMapKeyRef: { name: "payment-1a2b3c4d", key: "BACK" } } }, "NetworkPolicy/payment spec.egress[+]": { to: [{ podSelector: {} }] } },
    fails: { "ConfigMap/payment-1a2b3c4d data.BACK": "http://order:8080" },
    boundary: { "ConfigMap/payment-1a2b3c4d data.BACK": "http://payment:8080" },
  },
};
