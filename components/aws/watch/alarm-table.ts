import type { Keeps } from "../../../model/words/store.ts";

/** One alarm of CloudWatch: about things the cluster itself cannot see, or cannot tell when it is down. */
export interface AlarmPlan {
  readonly name: string;
  /** What it means and what to do first. */
  readonly text: string;
  readonly namespace: string;
  /** The figures that count together. */
  readonly metrics: readonly string[];
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly over: boolean;
  readonly threshold: number;
  /** Minutes over which each value is taken, and how many of them in a row. */
  readonly minutes: number;
  readonly times: number;
  /** Silence counts as trouble only where the metric always exists. */
  readonly missing: "breaching" | "notBreaching";
}

const alarm = (
  name: string,
  [namespace, metric, statistic]: readonly [string, string | readonly string[], AlarmPlan["statistic"]],
  sign: ">" | "<",
  threshold: number,
  [times, minutes]: readonly [number, number],
  text: string,
  missing: AlarmPlan["missing"] = "notBreaching",
): AlarmPlan => ({
  name,
  namespace,
  metrics: [metric].flat(),
  statistic,
  over: sign === ">",
  threshold,
  times,
  minutes,
  text,
  missing,
});

const GIB = 2 ** 30;

/** Namespace of figures that RDS keeps for itself: CloudWatch asks it for them by the server's resource id. */
export const INSIGHTS = "DB_PERF_INSIGHTS";

/**
 * Of one server's disk, which grows by itself: a share of its present size. RDS begins to enlarge it at 90 %, by a tenth
 * at least, and not twice within six hours.
 */
export function diskAlarms(): AlarmPlan[] {
  // biome-ignore format: one alarm a line
  return [
    alarm("storage", [INSIGHTS, "os.fileSys.usedPercent.avg", "Average"], ">", 92, [3, 10], "The disk is nearly full and autoscaling has not helped for half an hour: raise its limit, or wait out the six hours after the last time"),
  ];
}

/** Of one database server. Thresholds: RDS best practices; connections against what the instance class takes. */
export function databaseAlarms(memoryGib: number, connections: number, engine: "mariadb" | "postgres"): AlarmPlan[] {
  const rds = (metric: string, statistic: AlarmPlan["statistic"] = "Average") =>
    ["AWS/RDS", metric, statistic] as const;
  // biome-ignore format: one alarm a line
  return [
    alarm("cpu", rds("CPUUtilization"), ">", 80, [3, 5], "The server computes all the time: look at the slow query log"),
    alarm("memory", rds("FreeableMemory"), "<", memoryGib * GIB * 0.1, [3, 5], "Memory is short: fewer connections or a larger class"),
    alarm("connections", rds("DatabaseConnections", "Maximum"), ">", Math.floor(connections * 0.8), [2, 1], "Pools are close to what the server takes: find who opens more than planned", "breaching"),
    alarm("queue", rds("DiskQueueDepth"), ">", 64, [3, 5], "The disk does not keep up: look at the slow query log, then at provisioned IOPS"),
    ...(engine === "postgres" ? [alarm("transactions", rds("MaximumUsedTransactionIDs", "Maximum"), ">", 1e9, [1, 5], "Old rows are not frozen, and at two billion the server stops writing: end what keeps a transaction open, let autovacuum work")] : []),
  ];
}

/** Of each node of a cache. Thresholds: AWS's "Which metrics should I monitor?" for ElastiCache; a quarter of the memory is for copies of the process. */
export function cacheAlarms(memoryGib: number, keeps: Keeps): AlarmPlan[] {
  const cache = (metric: string, statistic: AlarmPlan["statistic"] = "Average") =>
    ["AWS/ElastiCache", metric, statistic] as const;
  // biome-ignore format: one alarm a line
  return [
    alarm("cpu", cache("EngineCPUUtilization"), ">", 80, [3, 5], "The one thread that carries out commands is busy: look at the slow log, then take larger nodes"),
    alarm("memory", cache("DatabaseMemoryUsagePercentage", "Maximum"), ">", 80, [2, 5], keeps === "nothing" ? "The oldest keys will go: that may be wanted" : "Writes will be refused when memory is full: delete keys, let them expire, or take larger nodes"),
    alarm("freeable", cache("FreeableMemory"), "<", memoryGib * GIB * 0.1, [3, 5], "The machine itself is short of memory: larger nodes"),
    ...(keeps === "nothing" ? [] : [alarm("evictions", cache("Evictions", "Sum"), ">", 0, [1, 5], "Keys were thrown away that somebody counts on")]),
    alarm("connections", cache("CurrConnections", "Maximum"), ">", 50_000, [2, 1], "Close to the 65,000 connections of a node: find who opens more than planned"),
    alarm("lag", cache("ReplicationLag", "Maximum"), ">", 10, [5, 1], "The copy in the other zone is behind: what would be lost now is more than a moment's writes"),
  ];
}

/** Of the Kafka cluster as a whole. Thresholds: the alarms that AWS recommends for MSK. */
export function kafkaAlarms(): AlarmPlan[] {
  const msk = (metric: string, statistic: AlarmPlan["statistic"] = "Maximum") =>
    ["AWS/Kafka", metric, statistic] as const;
  // biome-ignore format: one alarm a line
  return [
    alarm("offline", msk("OfflinePartitionsCount"), ">", 0, [1, 1], "Partitions have no leader: nobody can write or read them", "breaching"),
    alarm("controller", msk("ActiveControllerCount"), "<", 1, [5, 1], "No controller is active: leaders cannot change", "breaching"),
  ];
}

/** Of each broker. */
export function brokerAlarms(): AlarmPlan[] {
  const msk = (metric: string | readonly string[], statistic: AlarmPlan["statistic"] = "Maximum") =>
    ["AWS/Kafka", metric, statistic] as const;
  // biome-ignore format: one alarm a line
  return [
    alarm("under-min-isr", msk("UnderMinIsrPartitionCount"), ">", 0, [1, 1], "Too few copies: writes with acks=all are refused"),
    alarm("under-replicated", msk("UnderReplicatedPartitions"), ">", 0, [15, 1], "Copies lag behind for a quarter of an hour: a broker is ill or too small"),
    alarm("disk", msk("KafkaDataLogsDiskUsed"), ">", 85, [1, 5], "The disk is nearly full and autoscaling has not helped: shorten retention or raise its limit"),
    alarm("cpu", msk(["CpuUser", "CpuSystem"], "Average"), ">", 60, [3, 5], "A failover would overload the other brokers: larger brokers or fewer partitions"),
    alarm("heap", msk("HeapMemoryAfterGC"), ">", 60, [3, 5], "The heap stays full: fewer partitions or a larger broker"),
  ];
}

/** Of the control plane that EKS runs. */
export function clusterAlarms(): AlarmPlan[] {
  const eks = (metric: string, statistic: AlarmPlan["statistic"] = "Sum") => ["AWS/EKS", metric, statistic] as const;
  // biome-ignore format: one alarm a line
  return [
    alarm("errors", eks("apiserver_request_total_5XX"), ">", 50, [3, 5], "The API server fails: rollouts and autoscaling stop; open a support case"),
    alarm("throttled", eks("apiserver_request_total_429"), ">", 200, [3, 5], "The API server turns callers away: find the controller that asks too often"),
    alarm("unschedulable", eks("scheduler_schedule_attempts_UNSCHEDULABLE"), ">", 20, [3, 5], "Pods find no node: quota of instances or limits of the node pools"),
    alarm("etcd-size", eks("apiserver_storage_size_bytes", "Maximum"), ">", 6 * GIB, [1, 5], "The cluster's store is nearly full (8 GiB): find who writes so many objects"),
  ];
}

/** Of each NAT gateway, of the certificate and of the load balancer. */
export function edgeAlarms(): Readonly<Record<"nat" | "certificate" | "balancer", AlarmPlan[]>> {
  const nat = (metric: string) => ["AWS/NATGateway", metric, "Sum"] as const;
  const acm = (metric: string) => ["AWS/CertificateManager", metric, "Minimum"] as const;
  const alb = (metric: string) => ["AWS/ApplicationELB", metric, "Sum"] as const;
  // biome-ignore format: one alarm a line
  return {
    nat: [
      alarm("ports", nat("ErrorPortAllocation"), ">", 0, [1, 1], "Connections out are refused: too many to one destination"),
      alarm("drops", nat("PacketsDropCount"), ">", 100, [3, 5], "The gateway drops packets: look at AWS health"),
    ],
    certificate: [
      alarm("expiry", acm("DaysToExpiry"), "<", 21, [1, 24 * 60], "Renewal has failed: is the record that proves the domain still there?"),
    ],
    balancer: [
      alarm("errors", alb("HTTPCode_ELB_5XX_Count"), ">", 10, [2, 1], "The load balancer itself answers with errors: no healthy gateway pods?"),
      alarm("refused", alb("RejectedConnectionCount"), ">", 0, [1, 1], "Connections are turned away: the balancer is at its limit"),
    ],
  };
}
