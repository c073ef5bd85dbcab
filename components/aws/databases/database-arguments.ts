import type { InstanceArgs } from "@pulumi/aws/rds/instance.js";
import type { Input } from "@pulumi/pulumi";
import { parseBytes } from "../../../model/quantity.ts";
import type { StageNumbers } from "../../../model/stage.ts";
import type { AwsSettings } from "../account/settings.ts";
import type { Engine } from "./engine.ts";

interface DatabaseParts {
  readonly identifier: string;
  readonly engine: Engine;
  readonly settings: AwsSettings;
  readonly numbers: StageNumbers;
  readonly kmsKeyId: Input<string>;
}

/** Storage may grow to this many times its first size by itself. */
const STORAGE_GROWTH = 10;
/** Fewer days of backup than this are never taken, whatever the stage says. */
const MIN_BACKUP_DAYS = 7;
const INSIGHTS_DAYS = 7;
const MONITORING_SECONDS = 30;

/** A server that survives the loss of a zone and a wrong command. */
export function databaseArguments({
  identifier,
  engine,
  settings,
  numbers,
  kmsKeyId,
}: DatabaseParts): Omit<InstanceArgs, "username" | "password" | "maintenanceWindow"> {
  const { database } = settings;
  const gibibytes = Math.ceil((parseBytes(numbers.database.storage) ?? 0) / 2 ** 30);
  return {
    identifier,
    engine: engine.name,
    engineVersion: engine.version(settings),
    instanceClass: database.instanceClass,
    port: engine.port,
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
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    backupRetentionPeriod: Math.max(MIN_BACKUP_DAYS, numbers.database.backupDays),
    backupWindow: "01:00-02:00", // UTC, before the hours in which servers are maintained
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: false,
    applyImmediately: false,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    ...watched(engine, kmsKeyId),
    iamDatabaseAuthenticationEnabled: true,
  };
}

function watched({ logs }: Engine, performanceInsightsKmsKeyId: Input<string>): Partial<InstanceArgs> {
  return {
    enabledCloudwatchLogsExports: [...logs],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    databaseInsightsMode: "standard",
    monitoringInterval: MONITORING_SECONDS,
  };
}

/** The parameters of a server as RDS takes them. */
export function databaseParameters({
  parameters,
}: Engine): { name: string; value: string; applyMethod: "immediate" | "pending-reboot" }[] {
  return Object.entries(parameters).map(([name, value]) => ({ name, value, applyMethod: "immediate" }));
}
