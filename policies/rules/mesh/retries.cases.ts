import type { Cases } from "../../testing/case.ts";
import { BREAKER_OF_PAYMENT, ROUTE_TO_PAYMENT } from "../../testing/mesh.ts";

const given = { "+": [ROUTE_TO_PAYMENT, BREAKER_OF_PAYMENT] };

// biome-ignore format: one case a line
export const cases: Cases = {
  "retry-budget": { given, fails: { "VirtualService/payment spec.http[0].timeout": "8s" }, boundary: { "VirtualService/payment spec.http[0].timeout": "9s" } }, // 3 × 3 s
};
