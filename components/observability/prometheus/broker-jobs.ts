import { METRICS } from "../../../monitors/metrics.ts";

/** Hosts of a cloud's brokers, as Prometheus reads them from a file: the addresses are known only when the brokers exist. */
export const BROKERS_FOLDER = "/etc/prometheus/brokers";

/** Ports of the exporters that MSK runs on every broker. */
export const EXPORTER = { broker: 11001, machine: 11002 } as const;

type Relabel = Readonly<Record<string, unknown>>;

/** The brokers of Amazon MSK, with their figures under the names that they have everywhere else. */
export function brokerJobs(): object[] {
  return [
    job("brokers", EXPORTER.broker, [
      ...RENAMED.map(rename),
      QUANTILE,
      keepOnly("kafka"),
      { regex: "name", action: "labeldrop" },
    ]),
    job("broker-machines", EXPORTER.machine, [
      {
        source_labels: ["__name__", "mountpoint"],
        regex: `node_filesystem_(avail|size)_bytes;${DATA_DISK}`,
        target_label: "__name__",
        replacement: "kafka_broker_filesystem_${1}_bytes",
      },
      {
        source_labels: ["__name__"],
        regex: "node_cpu_seconds_total",
        target_label: "__name__",
        replacement: METRICS.brokerCpu.name,
      },
      keepOnly("broker-node"),
    ]),
  ];
}

/** What every system that has topics is told about the brokers it shares. */
export function brokerTargets(hosts: readonly string[], systems: readonly string[]): string {
  return JSON.stringify(
    systems.map((system) => ({ targets: hosts, labels: { namespace: system, system, service: "kafka" } })),
  );
}

/** Hosts of all brokers: the bootstrap list names three of them at most, and their names are numbered. */
export function brokerHosts(bootstrap: string, count: number): string[] {
  const [first = ""] = bootstrap.split(",");
  const host = first.replace(/:\d+$/, "");
  return Array.from({ length: count }, (_, index) => host.replace(/^b-\d+/, `b-${index + 1}`));
}

/** Where MSK keeps the logs of the topics. */
const DATA_DISK = "/kafka/datalogs";

/** MSK's exporter puts the name of a figure into a label; a topic's own figures have one more and are not meant. */
const RENAMED: readonly (readonly [from: string, to: string])[] = [
  ["kafka_server_BrokerTopicMetrics_Count;MessagesInPerSec;", METRICS.kafkaMessagesIn.name],
  ["kafka_server_BrokerTopicMetrics_Count;BytesInPerSec;", METRICS.kafkaBytesIn.name],
  ["kafka_server_BrokerTopicMetrics_Count;BytesOutPerSec;", METRICS.kafkaBytesOut.name],
  ["kafka_controller_KafkaController_Value;OfflinePartitionsCount;", METRICS.kafkaOffline.name],
  ["kafka_controller_ControllerStats_Count;UncleanLeaderElectionsPerSec;", METRICS.kafkaUncleanElections.name],
  ["kafka_server_ReplicaManager_Value;UnderReplicatedPartitions;", METRICS.kafkaUnderReplicated.name],
  ["kafka_server_ReplicaManager_Value;UnderMinIsrPartitionCount;", METRICS.kafkaUnderMinInSync.name],
  ["kafka_server_ReplicaManager_Count;IsrShrinksPerSec;", METRICS.kafkaInSyncShrinks.name],
  ["kafka_server_KafkaRequestHandlerPool_OneMinuteRate;RequestHandlerAvgIdlePercent;", METRICS.kafkaHandlerIdle.name],
  ["kafka_network_RequestMetrics_99thPercentile;TotalTimeMs;", METRICS.kafkaRequestTime.name],
  ["kafka_log_Log_Value;Size;.+", METRICS.kafkaLogSize.name],
  ["jvm_memory_bytes_used;;", METRICS.jvmUsed.name],
  ["jvm_memory_bytes_max;;", METRICS.jvmMax.name],
];

const rename = ([from, to]: readonly [string, string]): Relabel => ({
  source_labels: ["__name__", "name", "topic"],
  regex: from,
  target_label: "__name__",
  replacement: to,
});
const QUANTILE: Relabel = {
  source_labels: ["__name__"],
  regex: METRICS.kafkaRequestTime.name,
  target_label: "quantile",
  replacement: "0.99",
};

function keepOnly(source: "kafka" | "broker-node"): Relabel {
  const names = Object.values(METRICS)
    .filter((metric) => metric.source === source)
    .map(({ name }) => name);
  return { source_labels: ["__name__"], regex: names.join("|"), action: "keep" };
}

function job(name: string, port: number, renaming: readonly Relabel[]): object {
  return {
    job_name: name,
    file_sd_configs: [{ files: [`${BROKERS_FOLDER}/*.json`] }],
    relabel_configs: [
      { source_labels: ["__address__"], regex: "(b-\\d+)\\..*", target_label: "pod", replacement: "${1}" },
      { source_labels: ["__address__"], regex: "(.+)", target_label: "__address__", replacement: `\${1}:${port}` },
    ],
    metric_relabel_configs: renaming,
  };
}
