import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

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

// biome-ignore format: one case a line
export const cases: Cases = {
  "balancer-reaches-targets": { given: { ...one, "Ingress/site spec.ingressClassName": "alb", "Ingress/site metadata.annotations": { "alb.ingress.kubernetes.io/target-type": "ip" } }, fails: { "Ingress/site metadata.annotations": {} }, boundary: { "Ingress/site metadata.annotations": {}, "Service/order spec.type": "NodePort" }, unknown: { "Ingress/site metadata.annotations": UNKNOWN } },
  "ingress-backend-exists": { given: one, fails: { "Ingress/site spec.rules[0].http.paths[0].backend": backend("odrer", { number: 8080 }) }, boundary: { "Ingress/site spec.rules[0].http.paths[0].backend": backend("order", { name: "http" }) } },
  "ingress-tls": { given: one, fails: { "Ingress/site spec.tls": [] }, boundary: { "Ingress/site spec.tls": [{ hosts: ["*.example"] }] }, unknown: { "Ingress/site spec.tls": UNKNOWN } },
  "route-reaches-port": { fails: { "HTTPRoute/order spec.rules[0].backendRefs[0].port": 80 }, boundary: { "HTTPRoute/order spec.rules[0].backendRefs[0].port": 9464 } },
};
