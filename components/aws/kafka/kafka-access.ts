import { groupName } from "../../../model/names.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { policyDocument, type Statement } from "../account/policy-document.ts";

/** True when the service has anything to do with Kafka. */
export function usesKafka({ network }: WorkloadPlan): boolean {
  return network.toKafka;
}

/**
 * What one service may do on the cluster: write its own topic and its own dead letters, read what it consumes, and
 * commit offsets of its own group. Nothing with a wildcard, nothing that makes or deletes a topic.
 */
export function kafkaPolicy(clusterArn: string, { system, name, topics }: WorkloadPlan): string {
  const topic = (found: string): string => resourceArn(clusterArn, "topic", found);
  const written = [...topics.writes, ...topics.deadLetters].map(topic);
  const statements: Statement[] = [
    {
      Sid: "Connect",
      Effect: "Allow",
      Action: ["kafka-cluster:Connect", ...(written.length > 0 ? ["kafka-cluster:WriteDataIdempotently"] : [])],
      Resource: [clusterArn],
    },
  ];
  if (written.length > 0)
    statements.push({
      Sid: "Write",
      Effect: "Allow",
      Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
      Resource: written,
    });
  if (topics.reads.length > 0) {
    statements.push(
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
        Resource: topics.reads.map(topic),
      },
      {
        Sid: "Group",
        Effect: "Allow",
        Action: ["kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"],
        Resource: [resourceArn(clusterArn, "group", groupName(system, name))],
      },
    );
  }
  return policyDocument(statements);
}

/** `…:cluster/name/uuid` becomes `…:topic/name/uuid/<name>`. */
function resourceArn(clusterArn: string, kind: "topic" | "group", name: string): string {
  return `${clusterArn.replace(":cluster/", `:${kind}/`)}/${name}`;
}
