import { UNKNOWN } from "../../resources/unknown.ts";
import type { Cases } from "../../testing/case.ts";

const filters = "HTTPRoute/order spec.rules[0].filters[+]";
const open = 'HTTPRoute/order metadata.annotations["slipway.dev/open"]';
const who = {
  apiVersion: "traefik.io/v1alpha1",
  kind: "Middleware",
  metadata: { name: "who", namespace: "shop" },
  spec: { forwardAuth: { address: "http://id:8080/check" } },
};
const ingress = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "shop", namespace: "shop", annotations: { "nginx.ingress.kubernetes.io/auth-url": "http://id" } },
  spec: { ingressClassName: "nginx", tls: [{ hosts: ["shop.example.com"], secretName: "shop" }], rules: [] },
};
const asked = 'Ingress/shop metadata.annotations["nginx.ingress.kubernetes.io/auth-url"]';

// biome-ignore format: one case a line
export const cases: Cases = {
  "routes-ask-who": { fails: { [open]: " " }, boundary: { [open]: undefined, "+": [who], [filters]: { type: "ExtensionRef", extensionRef: { name: "who" } } }, unknown: { [open]: UNKNOWN } },
  "ingresses-ask-who": { given: { "+": [ingress] }, fails: { [asked]: undefined }, boundary: { [asked]: "http://id" }, unknown: { [asked]: UNKNOWN } },
};
