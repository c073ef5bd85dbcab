import { UNKNOWN } from "../../resources/unknown.ts";
import type { Cases } from "../../testing/case.ts";

const removed = "HTTPRoute/order spec.rules[0].filters[1].requestHeaderModifier.remove";
const middleware = {
  apiVersion: "traefik.io/v1alpha1",
  kind: "Middleware",
  metadata: { name: "nobody", namespace: "shop" },
  spec: {
    headers: {
      customRequestHeaders: {
        "X-User-Id": "",
        "X-Forwarded-User": "",
        "X-Auth-Request-User": "",
        "Remote-User": "",
        "X-Forwarded-Client-Cert": "",
      },
    },
  },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "identity-headers-dropped": { fails: { [removed]: ["x-user-id", "x-forwarded-user", "x-auth-request-user", "remote-user"] }, boundary: { "+": [middleware], "HTTPRoute/order spec.rules[0].filters[1]": { type: "ExtensionRef", extensionRef: { name: "nobody" } } }, unknown: { [removed]: UNKNOWN } },
};
