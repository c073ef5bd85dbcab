import type { Cases } from "../../testing/case.ts";
import { BREAKER_OF_PAYMENT, ROUTE_TO_PAYMENT } from "../../testing/mesh.ts";

const given = { "+": [ROUTE_TO_PAYMENT, BREAKER_OF_PAYMENT] };

// biome-ignore format: one case a line
export const cases: Cases = {
  "breaker-coverage": { given, fails: { "DestinationRule/payment spec.trafficPolicy.outlierDetection.maxEjectionPercent": 100 }, boundary: { "DestinationRule/payment spec.trafficPolicy.outlierDetection.maxEjectionPercent": 99 } },
};
