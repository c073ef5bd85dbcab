import type { Cases } from "../../testing/case.ts";

const db = (name: string): string => `Instance/db ${name}`;

const QUERIES = Object.entries({
  "rds.force_ssl": "1",
  max_connections: "200",
  log_min_duration_statement: "500",
  log_statement: "ddl",
}).map(([name, value]) => ({ name, value }));

// biome-ignore format: one case a line
export const cases: Cases = {
  "database-standby": { fails: { [db("multiAz")]: false }, boundary: { [db("multiAz")]: false, [db("replicateSourceDb")]: "primary" } },
  "database-logs": { fails: { [db("enabledCloudwatchLogsExports")]: [] }, boundary: { [db("enabledCloudwatchLogsExports")]: ["audit"] } },
  "queries-logged": {
    given: { [db("engine")]: "postgres", "ParameterGroup/shop parameters": QUERIES },
    fails: { "ParameterGroup/shop parameters[2].value": "-1" },
    boundary: { "ParameterGroup/shop parameters[2].value": "0" },
  },
  "minor-upgrades": { fails: { [db("autoMinorVersionUpgrade")]: false }, boundary: { [db("autoMinorVersionUpgrade")]: true } },
  "performance-insights": { fails: { [db("performanceInsightsEnabled")]: undefined }, boundary: { [db("performanceInsightsEnabled")]: true } },
  "enhanced-monitoring": { fails: { [db("monitoringInterval")]: 0 }, boundary: { [db("monitoringInterval")]: 1 } },
  "storage-grows": { fails: { [db("maxAllocatedStorage")]: 50 }, boundary: { [db("maxAllocatedStorage")]: 51 } },
};
