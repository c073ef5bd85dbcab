import type { Cases } from "../../testing/case.ts";

const db = (name: string): string => `Instance/db ${name}`;

// biome-ignore format: one case a line
export const cases: Cases = {
  "database-encrypted": { fails: { [db("storageEncrypted")]: false }, boundary: { [db("storageEncrypted")]: true } },
  "database-private": { fails: { [db("publiclyAccessible")]: true }, boundary: { [db("publiclyAccessible")]: undefined } },
  "database-standby": { fails: { [db("multiAz")]: false }, boundary: { [db("multiAz")]: false, [db("replicateSourceDb")]: "primary" } },
  "database-backed-up": { fails: { [db("backupRetentionPeriod")]: 0 }, boundary: { [db("backupRetentionPeriod")]: 1 } },
  "backups-kept": { fails: { [db("backupRetentionPeriod")]: 6 }, boundary: { [db("backupRetentionPeriod")]: 7 } },
  "database-protected": { fails: { [db("deletionProtection")]: undefined }, boundary: { [db("deletionProtection")]: true } },
  "final-snapshot": { fails: { [db("skipFinalSnapshot")]: true }, boundary: { [db("skipFinalSnapshot")]: undefined } },
  "database-logs": { fails: { [db("enabledCloudwatchLogsExports")]: [] }, boundary: { [db("enabledCloudwatchLogsExports")]: ["audit"] } },
  "minor-upgrades": { fails: { [db("autoMinorVersionUpgrade")]: false }, boundary: { [db("autoMinorVersionUpgrade")]: true } },
  "performance-insights": { fails: { [db("performanceInsightsEnabled")]: undefined }, boundary: { [db("performanceInsightsEnabled")]: true } },
  "enhanced-monitoring": { fails: { [db("monitoringInterval")]: 0 }, boundary: { [db("monitoringInterval")]: 1 } },
  "iam-sign-in": { fails: { [db("iamDatabaseAuthenticationEnabled")]: false }, boundary: { [db("iamDatabaseAuthenticationEnabled")]: true } },
  "snapshot-tags": { fails: { [db("copyTagsToSnapshot")]: false }, boundary: { [db("copyTagsToSnapshot")]: true } },
  "certificate-authority": { fails: { [db("caCertIdentifier")]: "rds-ca-2019" }, boundary: { [db("caCertIdentifier")]: undefined } },
  "storage-grows": { fails: { [db("maxAllocatedStorage")]: 50 }, boundary: { [db("maxAllocatedStorage")]: 51 } },
  "database-tls": { fails: { "ParameterGroup/shop parameters[1].value": "0" }, boundary: { "ParameterGroup/shop parameters[1].value": "ON" } },
};
