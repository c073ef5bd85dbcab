import type { InstanceArgs } from "@pulumi/aws/rds/instance.js";
import type { Input } from "@pulumi/pulumi";
import { STORE_PORT } from "../../../model/names.ts";
import { parseBytes } from "../../../model/quantity.ts";
import type { StageNumbers } from "../../../model/stage.ts";
import type { AwsSettings } from "../account/settings.ts";

interface DatabaseParts {
  readonly identifier: string;
  readonly settings: AwsSettings;
  readonly numbers: StageNumbers;
  readonly kmsKeyId: Input<string>;
}

/** What a server writes to CloudWatch; an audit log would need the option group of a plugin. */
export const EXPORTED_LOGS = ["error", "slowquery"] as const;
/** Storage may grow to this many times its first size by itself. */
const STORAGE_GROWTH = 10;
/** Fewer days of backup than this are never taken, whatever the stage says. */
const MIN_BACKUP_DAYS = 7;
const INSIGHTS_DAYS = 7;
const MONITORING_SECONDS = 30;

/** A server that survives the loss of a zone and a wrong command. */
export function databaseArguments({
  identifier,
  settings,
  numbers,
  kmsKeyId,
}: DatabaseParts): Omit<InstanceArgs, "username" | "password" | "maintenanceWindow"> {
  const { database } = settings;
  const gibibytes = Math.ceil((parseBytes(numbers.database.storage) ?? 0) / 2 ** 30);
  return {
    identifier,
    engine: "mariadb",
    engineVersion: database.version,
    instanceClass: database.instanceClass,
    port: STORE_PORT.mariadb,
    multiAz: true,
    publiclyAccessible: false,
    networkType: "IPV4",
    storageType: "gp3",
    allocatedStorage: gibibytes,
    maxAllocatedStorage: gibibytes * STORAGE_GROWTH,
    storageEncrypted: true,
    kmsKeyId,
    deletionProtection: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${identifier}-final`,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    backupRetentionPeriod: Math.max(MIN_BACKUP_DAYS, numbers.database.backupDays),
    backupWindow: "01:00-02:00", // UTC, before the hours in which servers are maintained
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: false,
    applyImmediately: false,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    ...watched(kmsKeyId),
    iamDatabaseAuthenticationEnabled: true,
  };
}

function watched(performanceInsightsKmsKeyId: Input<string>): Partial<InstanceArgs> {
  return {
    enabledCloudwatchLogsExports: [...EXPORTED_LOGS],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    databaseInsightsMode: "standard",
    monitoringInterval: MONITORING_SECONDS,
  };
}

/** TLS for everybody, text in every language, and a log of what is slow. */
export function databaseParameters(): { name: string; value: string; applyMethod: "immediate" | "pending-reboot" }[] {
  const parameters = {
    require_secure_transport: "1",
    character_set_server: "utf8mb4",
    collation_server: "utf8mb4_unicode_ci",
    slow_query_log: "1",
    long_query_time: "0.5",
    log_output: "FILE",
    innodb_print_all_deadlocks: "1",
  };
  return Object.entries(parameters).map(([name, value]) => ({ name, value, applyMethod: "immediate" }));
}
