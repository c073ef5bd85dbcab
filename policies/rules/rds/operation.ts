import { advice, inProduction, notApplicable, resourceRule } from "../../judging/rule.ts";
import { CLUSTER, CLUSTER_INSTANCE, INSTANCE, notAsWanted, type Database, type DatabaseProps } from "./database.ts";

export const databaseStandby = resourceRule<DatabaseProps>()({
  id: "database-standby",
  number: "A03",
  items: [30],
  on: [INSTANCE],
  severity: "critical",
  levels: inProduction,
  title: "The database has a standby in another zone",
  why: "Without one, the failure of a zone or of the disk is an outage until a restore has finished.",
  fix: `multiAz: true`,
  *check({ props }: Database) {
    if (props.multiAz !== true && !props.replicateSourceDb)
      yield notAsWanted("multiAz", props.multiAz, "true", "false");
  },
});

export const databaseLogs = resourceRule<DatabaseProps>()({
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
      yield notAsWanted("enabledCloudwatchLogsExports", undefined, "at least one log");
  },
});

/** What PostgreSQL writes down of its statements, beside errors. */
const QUERY_LOG = ["log_min_duration_statement", "log_statement"];

interface GroupProps {
  readonly name?: string;
  readonly parameters?: readonly { readonly name?: string; readonly value?: string }[];
}

export const queriesLogged = resourceRule<DatabaseProps>()({
  id: "queries-logged",
  number: "A47",
  items: [30, 5],
  on: [INSTANCE],
  severity: "low",
  levels: inProduction,
  title: "PostgreSQL writes down slow statements and changes of tables",
  why: "Exported logs are empty of both by default: nobody can say which statement was slow, or who dropped the column.",
  fix: `new aws.rds.ParameterGroup("goods", { family: "postgres17", parameters: [{ name: "log_min_duration_statement", value: "500" }, { name: "log_statement", value: "ddl" }] })`,
  *across({ props }: Database, { graph }) {
    if (props.engine !== "postgres") return notApplicable;
    const group = graph
      .of<GroupProps>("aws:rds/parameterGroup:ParameterGroup")
      .find(({ props: found, name }) => (found.name ?? name) === props.parameterGroupName);
    const set = new Map(group?.props.parameters?.map(({ name, value }) => [name, String(value ?? "")]));
    const silent = QUERY_LOG.filter((name) => ["", "-1", "none"].includes(set.get(name) ?? ""));
    if (silent.length > 0)
      yield {
        ...notAsWanted(
          "parameterGroupName",
          `${silent.join(" and ")} not set`,
          `a parameter group with ${QUERY_LOG.join(" and ")}`,
        ),
        ...(group ? { related: [group] } : {}),
      };
  },
});

export const minorUpgrades = resourceRule<DatabaseProps>()({
  id: "minor-upgrades",
  number: "A07",
  items: [30],
  on: [INSTANCE, CLUSTER_INSTANCE],
  severity: "low",
  levels: inProduction,
  title: "Databases take minor upgrades by themselves",
  why: "Security fixes that wait for somebody to remember wait for ever.",
  fix: `autoMinorVersionUpgrade: true`,
  *check({ props }: Database) {
    if ((props.autoMinorVersionUpgrade ?? true) !== true)
      yield notAsWanted("autoMinorVersionUpgrade", props.autoMinorVersionUpgrade, "true");
  },
});

export const performanceInsights = resourceRule<DatabaseProps>()({
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
      yield notAsWanted("performanceInsightsEnabled", props.performanceInsightsEnabled, "true", "false");
  },
});

export const enhancedMonitoring = resourceRule<DatabaseProps>()({
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
      yield notAsWanted(
        "monitoringInterval",
        typeof found === "string" ? `"${found}", which is text` : found,
        "1, 5, 10, 15, 30 or 60",
        "0",
      );
  },
});

export const storageGrows = resourceRule<DatabaseProps>()({
  id: "storage-grows",
  number: "C31",
  items: [30],
  on: [INSTANCE],
  severity: "high",
  levels: inProduction,
  title: "The database's disk grows before it is full",
  why: "A full disk stops every write, and growing it by hand takes longer than the outage may.",
  fix: `allocatedStorage: 50, maxAllocatedStorage: 500`,
  *check({ props }: Database) {
    if (props.replicateSourceDb || props.allocatedStorage === undefined) return notApplicable;
    if ((props.maxAllocatedStorage ?? 0) <= props.allocatedStorage)
      yield notAsWanted(
        "maxAllocatedStorage",
        props.maxAllocatedStorage,
        `> allocatedStorage, ${props.allocatedStorage}`,
      );
  },
});
