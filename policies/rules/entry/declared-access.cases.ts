import { UNKNOWN } from "../../resources/unknown.ts";
import type { Cases } from "../../testing/case.ts";

const filter = "HTTPRoute/order spec.rules[0].filters[+]";
const address = "Middleware/who spec.forwardAuth.address";
const gateway = {
  type: "slipway:network:Gateway",
  name: "shop-gateway",
  props: {
    plan: {
      routes: [{ system: "shop", service: "order", path: "/orders", method: null, closed: [], scopes: ["read"] }],
    },
  },
};
const who = {
  apiVersion: "traefik.io/v1alpha1",
  kind: "Middleware",
  metadata: { name: "who", namespace: "shop" },
  spec: { forwardAuth: { address: "http://verifier.shop.svc:8080/check?scope=read" } },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "scopes-are-asked": { given: { "+": [gateway, who], [filter]: { type: "ExtensionRef", extensionRef: { name: "who" } } }, fails: { [address]: "http://verifier.shop.svc:8080/check?scope=write" }, boundary: { [address]: "http://verifier.shop.svc:8080/check?scope=read&scope=write" }, unknown: { [address]: UNKNOWN } },
};
