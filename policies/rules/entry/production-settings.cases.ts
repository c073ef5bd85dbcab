import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "faults-are-off": { fails: { "ConfigMap/order-1a2b3c4d data.FAULTS_ENABLED": "true" }, boundary: { "ConfigMap/order-1a2b3c4d data.FAULTS_ENABLED": "false" } },
  "quiet-in-production": { fails: { "ConfigMap/order-1a2b3c4d data.LOG_LEVEL": "debug" }, boundary: { "ConfigMap/order-1a2b3c4d data.LOG_LEVEL": "warn" } },
};
