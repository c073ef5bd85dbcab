import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const connections = "ParameterGroup/shop parameters[0].value";

// biome-ignore format: one case a line
export const cases: Cases = {
  "connections-suffice": { fails: { [connections]: "124" }, boundary: { [connections]: "125" } }, // 2 services × 5 pods × 10 = 100 = 0.8 × 125
  "database-of-its-own": {
    fails: { "ConfigMap/payment-1a2b3c4d data.DATABASE_NAME": "order", "ConfigMap/payment-1a2b3c4d data.DATABASE_USER": "order" },
    boundary: { "ConfigMap/payment-1a2b3c4d data.DATABASE_NAME": "order" },
    unknown: { "ConfigMap/payment-1a2b3c4d data.DATABASE_USER": UNKNOWN },
  },
};
