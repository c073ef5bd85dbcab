import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

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
  "migration-before-rollout": { fails: { "-": ["Job/order-migration", "NetworkPolicy/order-migration"] }, boundary: { "Job/order-migration metadata.name": "order-schema" }, unknown: { "Microservice/order plan": UNKNOWN } },
  "outbox-has-home": { given: { "-": ["Job/order-migration", "NetworkPolicy/order-migration"], "Microservice/order plan.publishes": [] }, fails: { "Microservice/order plan.database": null, "Microservice/order plan.publishes": ["OrderPlaced"] }, boundary: { "Microservice/order plan.publishes": ["OrderPlaced"] } },
  "view-stands-alone": {
    given: { 'Deployment/payment spec.template.metadata.labels["app.kubernetes.io/component"]': "view", "Microservice/payment plan.routes": ["/payments"], "HTTPRoute/order spec.rules[0].backendRefs[+]": { name: "payment", port: 8080 }, "Microservice/payment plan.calls": [] },
    fails: { "Microservice/payment plan.consumes": [] },
    boundary: { "Microservice/payment plan.consumes": ["OrderPlaced"] },
  },
};
