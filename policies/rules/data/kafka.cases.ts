import type { Cases } from "../../testing/case.ts";

const topic = "Topic/shop.order";

// biome-ignore format: one case a line
export const cases: Cases = {
  "kafka-keeps-records": { fails: { [`${topic} config["min.insync.replicas"]`]: "3" }, boundary: { [`${topic} config["min.insync.replicas"]`]: "2", [`${topic} replicationFactor`]: 3 } },
  "producers-wait": { fails: { "ConfigMap/payment-1a2b3c4d data.KAFKA_ACKS": "1" }, boundary: { "ConfigMap/payment-1a2b3c4d data.KAFKA_ACKS": "-1" } },
  "consumers-have-partitions": { fails: { [`${topic} partitions`]: 3 }, boundary: { [`${topic} partitions`]: 4 } },
  "brokers-per-zone": { fails: { "Cluster/events numberOfBrokerNodes": 4 }, boundary: { "Cluster/events numberOfBrokerNodes": 6 } },
};
