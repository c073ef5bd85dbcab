import type { Cases } from "../../testing/case.ts";

const db = (name: string): string => `Instance/db ${name}`;

// biome-ignore format: one case a line
export const cases: Cases = {
  "database-standby": { fails: { [db("multiAz")]: false }, boundary: { [db("multiAz")]: false, [db("replicateSourceDb")]: "primary" } },
  "database-logs": { fails: { [db("enabledCloudwatchLogsExports")]: [] }, boundary: { [db("enabledCloudwatchLogsExports")]: ["audit"] } },
  "minor-upgrades": { fails: { [db("autoMinorVersionUpgrade")]: false }, boundary: { [db("autoMinorVersionUpgrade")]: true } },
  "performance-insights": { fails: { [db("performanceInsightsEnabled")]: undefined }, boundary: { [db("performanceInsightsEnabled")]: true } },
  "enhanced-monitoring": { fails: { [db("monitoringInterval")]: 0 }, boundary: { [db("monitoringInterval")]: 1 } },
  "storage-grows": { fails: { [db("maxAllocatedStorage")]: 50 }, boundary: { [db("maxAllocatedStorage")]: 51 } },
};
