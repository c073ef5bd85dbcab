import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Topic } from "@pulumi/aws/msk/topic.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { SystemPlan } from "../../model/plan.ts";
import type { TopicPlan } from "../../model/plan/messaging.ts";
import { kafkaPolicy, usesKafka } from "./kafka-access.ts";
import type { Kafka } from "./kafka.ts";
import { podTrustPolicy } from "./policy-document.ts";
import { systemTags } from "./tags.ts";

/** The declared topics and dead-letter twins, as resources of their own: what holds events is not deleted by a slip. */
export function kafkaTopics({ messaging: { topics } }: SystemPlan, kafka: Kafka, opts: CustomResourceOptions): Resource[] {
  return topics.map((topic) => new Topic(topic.name.replaceAll(".", "-"), {
    name: topic.name, clusterArn: kafka.arn, partitionCount: topic.partitions, replicationFactor: topic.replication, configs: configs(topic),
  }, { ...opts, protect: true }));
}

/** MSK takes a topic's settings as base64 of JSON. */
function configs({ retentionMs, minInSync }: TopicPlan): string {
  const settings = { "retention.ms": String(retentionMs), "min.insync.replicas": String(minInSync), "unclean.leader.election.enable": "false" };
  return Buffer.from(JSON.stringify(settings)).toString("base64");
}

/** For each service that publishes or consumes a role of its own, given to its pods by Pod Identity: no key anywhere. */
export function kafkaAccess(plan: SystemPlan, kafka: Kafka, clusterName: string, opts: CustomResourceOptions): Resource[] {
  const tags = systemTags(plan.name, plan.owner);
  return plan.workloads.filter(usesKafka).map((workload) => {
    const name = `${plan.name}-${workload.name}`;
    const role = new Role(name, { assumeRolePolicy: podTrustPolicy(), description: `Kafka topics of ${name}`, tags }, opts);
    const policy = new RolePolicy(name, { role: role.name, policy: kafka.arn.apply((arn) => kafkaPolicy(arn, workload)) }, opts);
    return new PodIdentityAssociation(name, { clusterName, namespace: plan.name, serviceAccount: workload.name, roleArn: role.arn, tags }, { ...opts, dependsOn: policy });
  });
}
