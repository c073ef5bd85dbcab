import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const twin = (selector: object): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "twin", namespace: "shop" },
  spec: { selector, ports: [{ port: 8080 }] },
});
const own = { "app.kubernetes.io/name": "order" };
const other = {
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  metadata: { name: "old", namespace: "tools" },
  spec: { selector: { matchLabels: { app: "old" } }, template: { metadata: { labels: { app: "old" } }, spec: {} } },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "selector-matches-template": {
    given: { "+": [other] },
    fails: { "ReplicaSet/old spec.selector.matchLabels.app": "new" },
    boundary: { "ReplicaSet/old spec.selector": { matchExpressions: [{ key: "app", operator: "Exists" }] } },
  },
  "service-selects-pods": { given: { "+": [{ apiVersion: "v1", kind: "Service", metadata: { name: "lost", namespace: "shop" }, spec: { selector: { "app.kubernetes.io/component": "service" }, ports: [{ port: 8080, targetPort: "http" }] } }] }, fails: { "Service/lost spec.selector": { app: "lost" } }, boundary: {}, unknown: { "Service/lost spec.selector": UNKNOWN } },
  "service-selector-unique": { fails: { "+": [twin(own)] }, boundary: { "+": [twin({ ...own, "app.kubernetes.io/version": "1" })] }, unknown: { "Service/order spec.selector": UNKNOWN } },
};
