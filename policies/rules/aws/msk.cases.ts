import type { Cases } from "../../testing/case.ts";

const cluster = (name: string): string => `Cluster/events ${name}`;

// biome-ignore format: one case a line
export const cases: Cases = {
  "kafka-encrypted": { fails: { [cluster("encryptionInfo.encryptionInTransit.clientBroker")]: "TLS_PLAINTEXT" }, boundary: { [cluster("encryptionInfo.encryptionInTransit")]: undefined } },
  "kafka-own-key": { fails: { [cluster("encryptionInfo.encryptionAtRestKmsKeyArn")]: undefined }, boundary: { [cluster("encryptionInfo.encryptionAtRestKmsKeyArn")]: "arn" } },
  "broker-logs": { fails: { [cluster("loggingInfo.brokerLogs.cloudwatchLogs.enabled")]: false }, boundary: { [cluster("loggingInfo.brokerLogs")]: { s3: { enabled: true } } } },
  "brokers-private": { fails: { [cluster("brokerNodeGroupInfo.connectivityInfo.publicAccess.type")]: "SERVICE_PROVIDED_EIPS" }, boundary: { [cluster("brokerNodeGroupInfo.connectivityInfo")]: undefined } },
  "brokers-authenticate": { fails: { [cluster("clientAuthentication.sasl")]: {} }, boundary: { [cluster("clientAuthentication")]: { tls: {} } } },
  "brokers-measured": { fails: { [cluster("openMonitoring.prometheus.nodeExporter.enabledInBroker")]: false }, boundary: { [cluster("openMonitoring.prometheus.nodeExporter.enabledInBroker")]: true } },
  "topics-on-purpose": {
    fails: { "Configuration/events serverProperties": "default.replication.factor=3\nmin.insync.replicas=2" },
    boundary: { "Configuration/events serverProperties": "# ours\nauto.create.topics.enable = false\ndefault.replication.factor=3\nmin.insync.replicas=2" },
  },
};
