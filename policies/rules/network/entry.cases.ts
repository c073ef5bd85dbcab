import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const limits = "ConfigMap/limits-0a1b2c3d data";
const rules = "HTTPRoute/order spec.rules[0]";
const route = (path: string): object => ({
  matches: [{ path: { type: "PathPrefix", value: path } }],
  filters: [{ type: "ExtensionRef", extensionRef: { name: "rate" } }],
  backendRefs: [{ name: "order", port: 8080 }],
  timeouts: { request: "10s" },
});
const tokens = {
  [`${limits}.OAUTH_ISSUER`]: "https://id.example",
  [`${limits}.OAUTH_JWKS_URL`]: "http://oauth/jwks",
  [`${limits}.OAUTH_AUDIENCE`]: "shop",
  [`${limits}.OAUTH_ACCESS_TTL_SECONDS`]: "3600",
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "limits-make-sense": { fails: { [`${limits}.RATE_LIMIT_BURST`]: "19" }, boundary: { [`${limits}.RATE_LIMIT_BURST`]: "20" } },
  "routes-are-limited": { fails: { [`${rules}.filters`]: [] }, boundary: { [`${rules}.filters`]: [], [`${rules}.matches[0].path.value`]: "/healthz" }, unknown: { [`${rules}.filters`]: UNKNOWN } },
  "one-entry": { fails: { "Service/payment spec.type": "LoadBalancer" }, boundary: { "Service/payment spec.type": "ExternalName" } },
  "entry-speaks-tls": { fails: { "Gateway/entry spec.listeners[0].protocol": "HTTP" }, boundary: { "Gateway/entry spec.listeners[0].protocol": "TLS" } },
  "routes-are-distinct": { fails: { "HTTPRoute/order spec.rules[+]": route("/orders/") }, boundary: { "HTTPRoute/order spec.rules[+]": route("/orders/report") }, unknown: { [`${rules}.matches[0].path.value`]: UNKNOWN } },
  "faults-stay-inside": { fails: { "HTTPRoute/order spec.rules[+]": route("/faults/slow") }, boundary: { "HTTPRoute/order spec.rules[+]": route("/actuator/health") }, unknown: { [`${rules}.matches[0].path.value`]: UNKNOWN } },
  "faults-are-off": { fails: { "ConfigMap/order-1a2b3c4d data.FAULTS_ENABLED": "true" }, boundary: { "ConfigMap/order-1a2b3c4d data.FAULTS_ENABLED": "false" } },
  "cors-is-closed": { given: { [`${limits}.CORS_ORIGINS`]: "*" }, fails: { [`${limits}.CORS_CREDENTIALS`]: "true" }, boundary: { [`${limits}.CORS_CREDENTIALS`]: "false" } },
  "tokens-are-checked": { given: tokens, fails: { [`${limits}.OAUTH_ACCESS_TTL_SECONDS`]: "3601" }, boundary: { [`${limits}.OAUTH_REFRESH_TTL_SECONDS`]: "3601" } },
  "declared-routes-exist": { fails: { [`${rules}.backendRefs[0].name`]: "payment" }, boundary: { [`${rules}.backendRefs[+]`]: { name: "payment", port: 8080 } } },
  "quiet-in-production": { fails: { "ConfigMap/order-1a2b3c4d data.LOG_LEVEL": "debug" }, boundary: { "ConfigMap/order-1a2b3c4d data.LOG_LEVEL": "warn" } },
};
