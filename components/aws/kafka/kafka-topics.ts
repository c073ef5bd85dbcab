import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Topic } from "@pulumi/aws/msk/topic.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import type { TopicPlan } from "../../../model/plan/messaging.ts";
import type { BrokerConnection, Peer } from "../../platform.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import { kafkaPolicy, usesKafka } from "./kafka-access.ts";
import { IAM_PORT, type Kafka } from "./kafka.ts";
import { podTrust } from "../account/trust.ts";
import type { ClusterConnection } from "../cluster/cluster.ts";
import { systemTags } from "../account/tags.ts";

/** The cluster whose pods are given rights. */
type PodHome = Pick<ClusterConnection, "name" | "arn">;

/**
 * How each service reaches Kafka, and what must exist before it runs: its own topics and rights. Were it those of all,
 * what the engine keeps would grow with the square of the services.
 */
export function connectKafka(
  plan: SystemPlan,
  kafka: Kafka,
  cluster: PodHome,
  peers: readonly Peer[],
  opts: CustomResourceOptions,
): ReadonlyMap<string, BrokerConnection> {
  const topics = kafkaTopics(plan, kafka, opts);
  const rights = kafkaAccess(plan, kafka, cluster, opts);
  return new Map(
    plan.workloads.filter(usesKafka).map(({ name, topics: { writes, reads, deadLetters } }) => {
      const ready = [
        rights.get(name),
        ...[...writes, ...reads, ...deadLetters].map((topic) => topics.get(topic)),
      ].filter((found) => found !== undefined);
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

/** For each service that publishes or consumes a role of its own, given to its pods by Pod Identity: no key anywhere. */
function kafkaAccess(
  plan: SystemPlan,
  kafka: Kafka,
  cluster: PodHome,
  opts: CustomResourceOptions,
): ReadonlyMap<string, Resource> {
  const tags = systemTags(plan.name, plan.owner);
  return new Map(
    plan.workloads.filter(usesKafka).map((workload) => {
      const name = `${plan.name}-${workload.name}`;
      const role = new Role(
        fittingName(name, MOST.role),
        { assumeRolePolicy: podTrust(cluster.arn), description: `Kafka topics of ${name}`, tags },
        opts,
      );
      const policy = new RolePolicy(
        name,
        { role: role.name, policy: kafka.arn.apply((arn) => kafkaPolicy(arn, workload)) },
        opts,
      );
      return [
        workload.name,
        new PodIdentityAssociation(
          name,
          { clusterName: cluster.name, namespace: plan.name, serviceAccount: workload.name, roleArn: role.arn, tags },
          { ...opts, dependsOn: policy },
        ),
      ];
    }),
  );
}
