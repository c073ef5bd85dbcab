import type { Resource } from "../../resources/resource.ts";
import {
  type Problem,
  advice,
  everywhere,
  inProduction,
  limit,
  notApplicable,
  onRequest,
  resourceRule,
} from "../../judging/rule.ts";

interface DatabaseProps {
  readonly engine?: string;
  readonly engineMode?: string;
  readonly engineVersion?: string;
  readonly clusterIdentifier?: string;
  readonly replicateSourceDb?: string;
  readonly storageEncrypted?: boolean;
  readonly publiclyAccessible?: boolean;
  readonly multiAz?: boolean;
  readonly deletionProtection?: boolean;
  readonly skipFinalSnapshot?: boolean;
  readonly backupRetentionPeriod?: number;
  readonly enabledCloudwatchLogsExports?: readonly string[];
  readonly autoMinorVersionUpgrade?: boolean;
  readonly performanceInsightsEnabled?: boolean;
  readonly monitoringInterval?: number;
  readonly iamDatabaseAuthenticationEnabled?: boolean;
  readonly copyTagsToSnapshot?: boolean;
  readonly caCertIdentifier?: string;
  readonly allocatedStorage?: number;
  readonly maxAllocatedStorage?: number;
  readonly parameterGroupName?: string;
  readonly vpcSecurityGroupIds?: readonly string[];
}
type Database = Resource<DatabaseProps>;

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const items = [30];
const MOST_DAYS = 35; // more than that AWS refuses
const one = (path: string, found: unknown, wanted: string, byDefault = ""): Problem => ({
  path,
  found:
    found === undefined || found === null ? `not set${byDefault ? ` (${byDefault} by default)` : ""}` : String(found),
  wanted,
});
const rule = resourceRule<DatabaseProps>();

export const databaseEncrypted = rule({
  id: "database-encrypted",
  number: "A01",
  items,
  on: [INSTANCE, CLUSTER],
  severity: "high",
  levels: everywhere,
  strict: true,
  title: "Databases are encrypted at rest",
  why: "A snapshot or a disk in the wrong hands is readable; encryption cannot be switched on later without a new database.",
  fix: `storageEncrypted: true`,
  *check({ props, kind }: Database) {
    if (kind === CLUSTER && props.engineMode === "serverless") return notApplicable; // always encrypted
    if (props.storageEncrypted !== true) yield one("storageEncrypted", props.storageEncrypted, "true", "false");
  },
});

export const databasePrivate = rule({
  id: "database-private",
  number: "A02",
  items,
  on: [INSTANCE, CLUSTER_INSTANCE],
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "No database has a public address",
  why: "A public address turns every weak password into an open door.",
  fix: `publiclyAccessible: false`,
  *check({ props }: Database) {
    if (props.publiclyAccessible === true) yield one("publiclyAccessible", true, "false");
  },
});

export const databaseStandby = rule({
  id: "database-standby",
  number: "A03",
  items,
  on: [INSTANCE],
  severity: "critical",
  levels: inProduction,
  title: "The database has a standby in another zone",
  why: "Without one, the failure of a zone or of the disk is an outage until a restore has finished.",
  fix: `multiAz: true`,
  *check({ props }: Database) {
    if (props.multiAz !== true && !props.replicateSourceDb) yield one("multiAz", props.multiAz, "true", "false");
  },
});

export const databaseBackedUp = rule({
  id: "database-backed-up",
  number: "A04",
  items,
  on: [INSTANCE, CLUSTER],
  severity: "critical",
  levels: everywhere,
  title: "Databases are backed up",
  why: "Without backups, one wrong statement is the end of the data.",
  fix: `backupRetentionPeriod: 14`,
  *check({ props }: Database) {
    const days = props.backupRetentionPeriod;
    if (props.replicateSourceDb || days === undefined || days === null) return notApplicable; // backups-kept judges what nobody said
    if (!(Number(days) >= 1 && Number(days) <= MOST_DAYS))
      yield one("backupRetentionPeriod", days, `1 to ${MOST_DAYS} days`);
  },
});

export const backupsKept = rule({
  id: "backups-kept",
  number: "C29",
  items,
  on: [INSTANCE, CLUSTER],
  severity: "high",
  levels: inProduction,
  title: "Backups are kept long enough to notice a mistake",
  why: "Wrong data is mostly found days later, when a short row of backups holds only the wrong.",
  fix: `backupRetentionPeriod: 14`,
  limits: { days: limit("fewest days", 14, 7, 1) },
  *check({ props, kind }: Database, { limit: { days } }) {
    const kept = props.backupRetentionPeriod ?? (kind === CLUSTER ? 1 : 0); // what the provider assumes
    if (props.replicateSourceDb) return notApplicable;
    if ((kept >= 1 || props.backupRetentionPeriod === undefined) && kept < days)
      yield one("backupRetentionPeriod", `${kept} days`, `>= ${days} days`);
  },
});

export const databaseProtected = rule({
  id: "database-protected",
  number: "A05",
  items,
  on: [INSTANCE, CLUSTER],
  severity: "critical",
  levels: inProduction,
  title: "Databases cannot be deleted by mistake",
  why: "One wrong destroy removes the data and its automatic backups.",
  fix: `deletionProtection: true`,
  *check({ props }: Database) {
    if (props.deletionProtection !== true) yield one("deletionProtection", props.deletionProtection, "true", "false");
  },
});

export const finalSnapshot = rule({
  id: "final-snapshot",
  number: "C30",
  items,
  on: [INSTANCE, CLUSTER],
  severity: "high",
  levels: inProduction,
  title: "A deleted database leaves a snapshot",
  why: "A replacement deletes the old database; without a last snapshot nothing is left of it.",
  fix: `skipFinalSnapshot: false, finalSnapshotIdentifier: "orders-final"`,
  *check({ props }: Database) {
    if (props.skipFinalSnapshot === true) yield one("skipFinalSnapshot", true, "false");
  },
});

export const databaseLogs = rule({
  id: "database-logs",
  number: "A06",
  items: [30, 5],
  on: [INSTANCE, CLUSTER],
  severity: "medium",
  levels: inProduction,
  title: "Databases export their logs",
  why: "Without the slow-query and error logs nobody can say why it was slow last night.",
  fix: `enabledCloudwatchLogsExports: ["error", "slowquery"]`,
  *check({ props }: Database) {
    if (!props.enabledCloudwatchLogsExports?.length)
      yield one("enabledCloudwatchLogsExports", undefined, "at least one log");
  },
});

export const minorUpgrades = rule({
  id: "minor-upgrades",
  number: "A07",
  items,
  on: [INSTANCE, CLUSTER_INSTANCE],
  severity: "low",
  levels: inProduction,
  title: "Databases take minor upgrades by themselves",
  why: "Security fixes that wait for somebody to remember wait for ever.",
  fix: `autoMinorVersionUpgrade: true`,
  *check({ props }: Database) {
    if (props.autoMinorVersionUpgrade !== true)
      yield one("autoMinorVersionUpgrade", props.autoMinorVersionUpgrade, "true, so that it is decided", "true");
  },
});

export const performanceInsights = rule({
  id: "performance-insights",
  number: "A08",
  items: [30, 5],
  on: [INSTANCE, CLUSTER_INSTANCE],
  severity: "low",
  levels: advice,
  title: "Databases record what they wait for",
  why: "Without it nobody sees which statement holds the lock.",
  fix: `performanceInsightsEnabled: true`,
  *check({ props }: Database) {
    if (props.performanceInsightsEnabled !== true)
      yield one("performanceInsightsEnabled", props.performanceInsightsEnabled, "true", "false");
  },
});

export const enhancedMonitoring = rule({
  id: "enhanced-monitoring",
  number: "A09",
  items: [30, 5],
  on: [INSTANCE, CLUSTER_INSTANCE],
  severity: "low",
  levels: advice,
  title: "Databases report what their host does",
  why: "CloudWatch alone shows neither swap nor the process that took the cpu.",
  fix: `monitoringInterval: 60, monitoringRoleArn: role.arn`,
  *check({ props }: Database) {
    const found: unknown = props.monitoringInterval;
    if (typeof found !== "number" || ![1, 5, 10, 15, 30, 60].includes(found))
      yield one(
        "monitoringInterval",
        typeof found === "string" ? `"${found}", which is text` : found,
        "1, 5, 10, 15, 30 or 60",
        "0",
      );
  },
});

const SIGNS_IN_WITH_IAM = /^(aurora(-.*)?|mysql|mariadb|postgres)$/;

export const iamSignIn = rule({
  id: "iam-sign-in",
  number: "A10",
  items,
  on: [INSTANCE, CLUSTER],
  severity: "low",
  levels: onRequest,
  title: "Databases accept IAM sign-in",
  why: "For organisations without database passwords; pools of short-lived tokens need their library's support.",
  fix: `iamDatabaseAuthenticationEnabled: true`,
  *check({ props, kind }: Database) {
    if (kind === INSTANCE && !SIGNS_IN_WITH_IAM.test(props.engine ?? "mysql")) return notApplicable;
    if (props.iamDatabaseAuthenticationEnabled !== true)
      yield one("iamDatabaseAuthenticationEnabled", props.iamDatabaseAuthenticationEnabled, "true", "false");
  },
});

export const snapshotTags = rule({
  id: "snapshot-tags",
  number: "A11",
  items: [30, 33],
  on: [CLUSTER, INSTANCE],
  severity: "low",
  levels: advice,
  title: "Snapshots carry the tags of their database",
  why: "Without tags nobody knows whose snapshot it is, or whether it may go.",
  fix: `copyTagsToSnapshot: true`,
  *check({ props }: Database) {
    if (props.copyTagsToSnapshot !== true) yield one("copyTagsToSnapshot", props.copyTagsToSnapshot, "true", "false");
  },
});

export const certificateAuthority = rule({
  id: "certificate-authority",
  number: "A12",
  items,
  on: [INSTANCE, CLUSTER_INSTANCE],
  severity: "high",
  levels: everywhere,
  title: "The database's certificate has not run out",
  why: "Clients that check certificates refuse to connect from the day the authority expires.",
  fix: `caCertIdentifier: "rds-ca-rsa2048-g1"`,
  *check({ props }: Database) {
    if (/^rds-ca-20(10|12|15|19)$/.test(props.caCertIdentifier ?? ""))
      yield one("caCertIdentifier", props.caCertIdentifier, "rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1");
  },
});

export const storageGrows = rule({
  id: "storage-grows",
  number: "C31",
  items,
  on: [INSTANCE],
  severity: "high",
  levels: inProduction,
  title: "The database's disk grows before it is full",
  why: "A full disk stops every write, and growing it by hand takes longer than the outage may.",
  fix: `allocatedStorage: 50, maxAllocatedStorage: 500`,
  *check({ props }: Database) {
    if (props.replicateSourceDb || props.allocatedStorage === undefined) return notApplicable;
    if ((props.maxAllocatedStorage ?? 0) <= props.allocatedStorage)
      yield one("maxAllocatedStorage", props.maxAllocatedStorage, `> allocatedStorage, ${props.allocatedStorage}`);
  },
});

const TLS: Readonly<Record<string, string>> = {
  mariadb: "require_secure_transport",
  mysql: "require_secure_transport",
  postgres: "rds.force_ssl",
};
interface GroupProps {
  readonly name?: string;
  readonly parameters?: readonly { readonly name?: string; readonly value?: string }[];
}

export const databaseTls = rule({
  id: "database-tls",
  number: "C32",
  items,
  on: [INSTANCE],
  severity: "high",
  levels: inProduction,
  title: "The database refuses connections without TLS",
  why: "Without it one wrong driver setting sends passwords and orders in plain text.",
  fix: `new aws.rds.ParameterGroup("orders", { family: "mariadb11.4", parameters: [{ name: "require_secure_transport", value: "1" }] })`,
  *across({ props }: Database, { graph }) {
    const parameter = TLS[props.engine ?? ""];
    if (!parameter) return notApplicable;
    const group = graph
      .of<GroupProps>("aws:rds/parameterGroup:ParameterGroup")
      .find(({ props: found, name }) => (found.name ?? name) === props.parameterGroupName);
    const value = group?.props.parameters?.find(({ name }) => name === parameter)?.value;
    if (!/^(1|on|true)$/i.test(String(value ?? "")))
      yield {
        ...one(
          "parameterGroupName",
          group ? `${group.name}: ${parameter} ${value ?? "not set"}` : props.parameterGroupName,
          `a parameter group with ${parameter} 1`,
        ),
        ...(group ? { related: [group] } : {}),
      };
  },
});
