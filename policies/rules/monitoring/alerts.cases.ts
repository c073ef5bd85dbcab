import type { Cases } from "../../testing/case.ts";

const alerts = "PrometheusRule/shop spec.groups[0].rules";

// biome-ignore format: one case a line
export const cases: Cases = {
  "alerts-say-enough": { fails: { [`${alerts}[0].labels.severity`]: "urgent" }, boundary: { [`${alerts}[0].labels.severity`]: "page" } },
  "alerts-know-the-troubles": { fails: { [`${alerts}[6].expr`]: "x > 1", [`${alerts}[6].alert`]: "Waits" }, boundary: { [`${alerts}[6].alert`]: "Lag" } },
  "watchdog-fires": { fails: { [`${alerts}[10].expr`]: "vector(0)" }, boundary: { [`${alerts}[10].expr`]: "( vector( 1 ) )" } },
};
