import { UNKNOWN } from "../../resources/unknown.ts";
import type { Cases } from "../../testing/case.ts";

const parent = "HTTPRoute/order spec.parentRefs[0]";

// biome-ignore format: one case a line
export const cases: Cases = {
  "route-has-parent": { fails: { [`${parent}.name`]: "entrance" }, boundary: { [`${parent}.sectionName`]: "https" }, unknown: { [`${parent}.name`]: UNKNOWN } },
};
