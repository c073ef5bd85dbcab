import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "quota-headroom": { fails: { "ResourceQuota/shop spec.hard.pods": "9" }, boundary: { "ResourceQuota/shop spec.hard.pods": "10" } }, // 2 services × (4 + 1)
};
