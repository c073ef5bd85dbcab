import type { Cases } from "../../testing/case.ts";
import { NAMELESS } from "../../testing/good/around.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const rules = "HTTPRoute/order spec.rules[0]";
const route = (path: string): object => ({
  matches: [{ path: { type: "PathPrefix", value: path } }],
  filters: [{ type: "ExtensionRef", extensionRef: { name: "rate" } }, NAMELESS],
  backendRefs: [{ name: "order", port: 8080 }],
  timeouts: { request: "10s" },
});

// biome-ignore format: one case a line
export const cases: Cases = {
  "routes-are-distinct": { fails: { "HTTPRoute/order spec.rules[+]": route("/orders/") }, boundary: { "HTTPRoute/order spec.rules[+]": route("/orders/report") }, unknown: { [`${rules}.matches[0].path.value`]: UNKNOWN } },
  "faults-stay-inside": { fails: { "HTTPRoute/order spec.rules[+]": route("/faults/slow") }, boundary: { "HTTPRoute/order spec.rules[+]": route("/actuator/health") }, unknown: { [`${rules}.matches[0].path.value`]: UNKNOWN } },
  "declared-routes-exist": { fails: { [`${rules}.backendRefs[0].name`]: "payment" }, boundary: { [`${rules}.backendRefs[+]`]: { name: "payment", port: 8080 } } },
};
