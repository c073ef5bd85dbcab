import { Topic } from "@pulumi/aws/msk/topic.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import type { TopicPlan } from "../../../model/plan/messaging.ts";
import type { BrokerConnection, Peer } from "../../platform.ts";
import { usesKafka } from "./kafka-access.ts";
import { IAM_PORT, type Kafka } from "./kafka.ts";

/**
 * How each service reaches Kafka, and what must exist before it runs: its own topics. Were it those of all,
 * what the engine keeps would grow with the square of the services.
 */
export function connectKafka(
  plan: SystemPlan,
  kafka: Kafka,
  peers: readonly Peer[],
  opts: CustomResourceOptions,
): ReadonlyMap<string, BrokerConnection> {
  const topics = kafkaTopics(plan, kafka, opts);
  return new Map(
    plan.workloads.filter(usesKafka).map(({ name, topics: { writes, reads, deadLetters } }) => {
      const ready = [...writes, ...reads, ...deadLetters]
        .map((topic) => topics.get(topic))
        .filter((found) => found !== undefined);
      return [name, { brokers: kafka.brokers, auth: "iam", port: IAM_PORT, peers, ready }];
    }),
  );
}

/** The declared topics and dead-letter twins, as resources of their own: what holds events is not deleted by a slip. */
function kafkaTopics(
  { messaging: { topics } }: SystemPlan,
  kafka: Kafka,
  opts: CustomResourceOptions,
): ReadonlyMap<string, Resource> {
  return new Map(
    topics.map((topic) => [
      topic.name,
      new Topic(
        topic.name.replaceAll(".", "-"),
        {
          name: topic.name,
          clusterArn: kafka.arn,
          partitionCount: topic.partitions,
          replicationFactor: topic.replication,
          configs: configs(topic),
        },
        { ...opts, protect: true },
      ),
    ]),
  );
}

/** The provider takes a topic's settings as JSON. */
function configs({ retentionMs, maxBytes, minInSync }: TopicPlan): string {
  return JSON.stringify({
    "retention.ms": String(retentionMs),
    "max.message.bytes": String(maxBytes),
    "min.insync.replicas": String(minInSync),
    "unclean.leader.election.enable": "false",
  });
}
