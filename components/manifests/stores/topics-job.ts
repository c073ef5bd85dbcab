import type { TopicPlan } from "../../../model/plan/messaging.ts";

/** One topic as the Job declares it. */
export interface TopicDeclaration {
  readonly name: string;
  readonly partitions: number;
  readonly replicas: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** The file from which the Job makes and corrects topics. Fewer copies than planned where there are fewer brokers. */
export function topicsFile(topics: readonly TopicPlan[], brokers: number): Record<string, string> {
  const declarations = topics.map(
    ({ name, partitions, replication, minInSync, retentionMs, maxBytes }): TopicDeclaration => ({
      name,
      partitions,
      replicas: Math.min(replication, brokers),
      configs: {
        "retention.ms": String(retentionMs),
        "max.message.bytes": String(maxBytes),
        "min.insync.replicas": String(Math.min(minInSync, brokers)),
        "unclean.leader.election.enable": "false",
      },
    }),
  );
  return { "topics.json": `${JSON.stringify({ topics: declarations }, null, 2)}\n` };
}
