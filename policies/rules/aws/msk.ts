import { clusterSettings, type MskCluster } from "../../views/kafka.ts";
import type { Graph } from "../../resources/graph.ts";
import {
  advice,
  everywhere,
  inProduction,
  notApplicable,
  onRequest,
  resourceRule,
  stackRule,
} from "../../judging/rule.ts";

const CLUSTER = ["aws:msk/cluster:Cluster"];
const items = [31];
const cluster = resourceRule<MskCluster["props"]>();

export const kafkaEncrypted = cluster({
  id: "kafka-encrypted",
  number: "A23",
  items,
  on: CLUSTER,
  severity: "high",
  levels: everywhere,
  strict: true,
  title: "Kafka is encrypted on the way and at rest",
  why: "Without it every event travels in plain text between clients, brokers and zones.",
  fix: `encryptionInfo: { encryptionAtRestKmsKeyArn: key.arn, encryptionInTransit: { clientBroker: "TLS", inCluster: true } }`,
  *check({ props }) {
    const { encryptionInfo } = props;
    if (!encryptionInfo)
      return yield { path: "encryptionInfo", found: "not declared", wanted: "encryptionInTransit TLS" };
    const { clientBroker, inCluster } = encryptionInfo.encryptionInTransit ?? {};
    if (clientBroker !== undefined && clientBroker !== "TLS")
      yield { path: "encryptionInfo.encryptionInTransit.clientBroker", found: clientBroker, wanted: "TLS" };
    if (inCluster === false)
      yield { path: "encryptionInfo.encryptionInTransit.inCluster", found: "false", wanted: "true" };
  },
});

export const kafkaOwnKey = cluster({
  id: "kafka-own-key",
  number: "C37",
  items,
  on: CLUSTER,
  severity: "low",
  levels: onRequest,
  title: "Kafka's disks are encrypted with a key of your own",
  why: "For organisations that must be able to withdraw the key; AWS encrypts with its own anyway.",
  fix: `encryptionInfo: { encryptionAtRestKmsKeyArn: key.arn }`,
  *check({ props }) {
    if (!props.encryptionInfo?.encryptionAtRestKmsKeyArn)
      yield { path: "encryptionInfo.encryptionAtRestKmsKeyArn", found: "not set", wanted: "a key" };
  },
});

export const brokerLogs = cluster({
  id: "broker-logs",
  number: "A24",
  items: [31, 5],
  on: CLUSTER,
  severity: "medium",
  levels: inProduction,
  title: "Brokers write their logs somewhere",
  why: "Without them nobody can say why the group rebalanced all night.",
  fix: `loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logs.name } } }`,
  *check({ props }) {
    const logs = props.loggingInfo?.brokerLogs ?? {};
    if (!Object.values(logs).some((log) => log?.enabled === true))
      yield { path: "loggingInfo.brokerLogs", found: "none enabled", wanted: "cloudwatchLogs, firehose or s3" };
  },
});

export const brokersPrivate = cluster({
  id: "brokers-private",
  number: "A25",
  items,
  on: CLUSTER,
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "Brokers have no public address",
  why: "A public broker offers every event of the system to whoever guesses a password.",
  fix: `brokerNodeGroupInfo: { connectivityInfo: { publicAccess: { type: "DISABLED" } } }`,
  *check({ props }) {
    const type = props.brokerNodeGroupInfo?.connectivityInfo?.publicAccess?.type;
    if (type !== undefined && type !== "DISABLED")
      yield { path: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type", found: type, wanted: "DISABLED" };
  },
});

export const brokersAuthenticate = cluster({
  id: "brokers-authenticate",
  number: "C38",
  items,
  on: CLUSTER,
  severity: "high",
  levels: inProduction,
  title: "Kafka asks who is there",
  why: "Without authentication every pod may read and write every topic.",
  fix: `clientAuthentication: { unauthenticated: false, sasl: { iam: true } }`,
  *check({ props }) {
    const { unauthenticated, sasl, tls } = props.clientAuthentication ?? {};
    if (unauthenticated === true)
      yield { path: "clientAuthentication.unauthenticated", found: "true", wanted: "false" };
    if (!sasl?.iam && !sasl?.scram && !tls)
      yield { path: "clientAuthentication.sasl", found: "neither iam nor scram", wanted: "one of them" };
  },
});

export const brokersMeasured = cluster({
  id: "brokers-measured",
  number: "C39",
  items: [31, 5],
  on: CLUSTER,
  severity: "medium",
  levels: advice,
  title: "Brokers show their metrics to Prometheus",
  why: "Lag, under-replicated partitions and full disks cannot be alerted on without them.",
  fix: `openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } } }`,
  *check({ props }) {
    const { jmxExporter, nodeExporter } = props.openMonitoring?.prometheus ?? {};
    if (!jmxExporter?.enabledInBroker || !nodeExporter?.enabledInBroker)
      yield {
        path: "openMonitoring.prometheus",
        found: `jmxExporter ${jmxExporter?.enabledInBroker ?? "not set"}, nodeExporter ${nodeExporter?.enabledInBroker ?? "not set"}`,
        wanted: "both enabled",
      };
  },
});

export const topicsOnPurpose = stackRule({
  id: "topics-on-purpose",
  number: "C40",
  items,
  severity: "medium",
  levels: inProduction,
  title: "Topics exist because somebody declared them",
  why: "A typo makes a new topic with one copy and one partition, and the events vanish into it.",
  fix: `serverProperties: "auto.create.topics.enable=false"`,
  *across(graph: Graph) {
    const settings = clusterSettings(graph);
    if (!settings) return notApplicable;
    const value = settings.properties.get("auto.create.topics.enable");
    if (value !== "false")
      yield {
        path: settings.path,
        found: `auto.create.topics.enable ${value ?? "not set"}`,
        wanted: "false",
        on: settings.resource,
      };
  },
});
