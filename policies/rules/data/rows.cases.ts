import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "migration-before-rollout": { fails: { "-": ["Job/order-migration", "NetworkPolicy/order-migration"] }, boundary: { "Job/order-migration metadata.name": "order-schema" }, unknown: { "Microservice/order plan": UNKNOWN } },
  "outbox-has-home": { given: { "-": ["Job/order-migration", "NetworkPolicy/order-migration"], "Microservice/order plan.publishes": [] }, fails: { "Microservice/order plan.database": null, "Microservice/order plan.publishes": ["OrderPlaced"] }, boundary: { "Microservice/order plan.publishes": ["OrderPlaced"] } },
  "view-stands-alone": {
    given: { 'Deployment/payment spec.template.metadata.labels["app.kubernetes.io/component"]': "view", "Microservice/payment plan.routes": ["/payments"], "HTTPRoute/order spec.rules[0].backendRefs[+]": { name: "payment", port: 8080 }, "Microservice/payment plan.calls": [] },
    fails: { "Microservice/payment plan.consumes": [] },
    boundary: { "Microservice/payment plan.consumes": ["OrderPlaced"] },
  },
};
