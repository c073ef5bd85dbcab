import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const limits = "ConfigMap/limits-0a1b2c3d data";
const rules = "HTTPRoute/order spec.rules[0]";

// biome-ignore format: one case a line
export const cases: Cases = {
  "limits-make-sense": { fails: { [`${limits}.RATE_LIMIT_BURST`]: "19" }, boundary: { [`${limits}.RATE_LIMIT_BURST`]: "20" } },
  "routes-are-limited": { fails: { [`${rules}.filters[0]`]: { type: "RequestHeaderModifier" } }, boundary: { [`${rules}.filters`]: [], [`${rules}.matches[0].path.value`]: "/healthz" }, unknown: { [`${rules}.filters`]: UNKNOWN } },
};
