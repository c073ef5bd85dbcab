import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const ports = "Service/payment spec.ports";
const twin = (selector: object): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "twin", namespace: "shop" },
  spec: { selector, ports: [{ port: 8080 }] },
});
const own = { "app.kubernetes.io/name": "order" };
const backend = (name: string, port: object): object => ({ service: { name, port } });
const site = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "site", namespace: "shop" },
  spec: {
    tls: [{ hosts: ["a.example"] }],
    rules: [{ http: { paths: [{ path: "/a", backend: backend("order", { number: 8080 }) }] } }],
  },
};
const one = { "+": [site], "-": ["Gateway/entry"] };
const kafka = (name: string): object[] => [
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "tool", namespace: "tools" },
    spec: {
      serviceName: name,
      replicas: 2,
      selector: { matchLabels: { app: "tool" } },
      template: { metadata: { labels: { app: "tool" } }, spec: {} },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "tool", namespace: "tools" },
    spec: { clusterIP: "None", selector: { app: "tool" }, ports: [{ port: 9092 }] },
  },
];
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
  "service-internal": { fails: { "Service/order spec.type": "NodePort" }, boundary: { "Service/order spec.type": undefined } },
  "headless-service": { given: { "+": kafka("tool") }, fails: { "StatefulSet/tool spec.serviceName": "tools" }, boundary: {} },
  "ingress-backend-exists": { given: one, fails: { "Ingress/site spec.rules[0].http.paths[0].backend": backend("odrer", { number: 8080 }) }, boundary: { "Ingress/site spec.rules[0].http.paths[0].backend": backend("order", { name: "http" }) } },
  "ingress-tls": { given: one, fails: { "Ingress/site spec.tls": [] }, boundary: { "Ingress/site spec.tls": [{ hosts: ["*.example"] }] }, unknown: { "Ingress/site spec.tls": UNKNOWN } },
  "port-chain": { fails: { [`${ports}[0].targetPort`]: 8081 }, boundary: { [`${ports}[0].targetPort`]: "8080" } },
  "route-reaches-port": { fails: { "HTTPRoute/order spec.rules[0].backendRefs[0].port": 80 }, boundary: { "HTTPRoute/order spec.rules[0].backendRefs[0].port": 9464 } },
};
