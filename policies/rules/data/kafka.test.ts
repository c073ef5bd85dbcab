import assert from "node:assert/strict";
import { Graph } from "../../resources/graph.ts";
import { judge } from "../../judging/judge.ts";
import { RULES } from "../../rules.ts";
import { changed, type Edits } from "../../testing/case.ts";

/** Findings of one rule as "path: found", after changes of the good system. */
function found(id: string, ...edits: Edits[]): string[] {
  return judge(
    new Graph(changed(...edits)),
    RULES.filter((rule) => rule.id === id),
    { tier: "standard", facts: {} },
  ).findings.map(({ path, found: text }) => `${path}: ${text}`);
}

describe("rules about Kafka", () => {
  it("want no topic weaker than its cluster", () => {
    const cluster: Edits = {
      "Configuration/events serverProperties":
        "default.replication.factor=3\nmin.insync.replicas=2\nunclean.leader.election.enable=false",
      'Topic/shop.order config["min.insync.replicas"]': "1",
    };
    assert.deepEqual(found("kafka-keeps-records", cluster), ["config: shop.order: min.insync.replicas 1"]);
    const strong: Edits = {
      "Configuration/events serverProperties":
        "default.replication.factor=5\nmin.insync.replicas=3\nunclean.leader.election.enable=false",
      "Cluster/events numberOfBrokerNodes": 6,
    };
    assert.match(
      found("kafka-keeps-records", strong).join(),
      /shop\.order: replication 3,config: shop\.order: min\.insync\.replicas 2/,
    );
  });

  it("know Kafka of the Strimzi operator too", () => {
    const kafka = (kind: string, name: string, spec: object): object => ({
      apiVersion: "kafka.strimzi.io/v1beta2",
      kind,
      metadata: { name, namespace: "shop" },
      spec,
    });
    const operated = (config: object, topic: object): Edits => ({
      "-": ["Configuration/events", "Cluster/events", "Topic/shop.order", "Topic/shop.order.payment.dlq"],
      "+": [kafka("Kafka", "events", { kafka: { replicas: 3, config } }), kafka("KafkaTopic", "orders", topic)],
    });
    const good = { "default.replication.factor": 3, "min.insync.replicas": 2 };
    assert.deepEqual(found("kafka-keeps-records", operated(good, { replicas: 3, partitions: 6 })), []);
    assert.deepEqual(
      found(
        "kafka-keeps-records",
        operated(
          { ...good, "min.insync.replicas": 1 },
          { replicas: 4, config: { "min.insync.replicas": 2, "unclean.leader.election.enable": true } },
        ),
      ),
      [
        "spec: orders: replication 4",
        "spec: orders: unclean.leader.election.enable true",
        "spec.kafka.config: the cluster: min.insync.replicas 1",
      ],
    );
  });
});
