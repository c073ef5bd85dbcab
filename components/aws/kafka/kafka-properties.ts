import type { StageNumbers } from "../../../model/stage.ts";

/** Broker settings: no topic by accident, no record on fewer disks than planned, no leader that misses records. */
export function serverProperties({ replication, minInSync }: StageNumbers["kafka"]): string {
  return [
    "auto.create.topics.enable=false",
    `default.replication.factor=${Math.max(3, replication)}`,
    `min.insync.replicas=${Math.max(2, minInSync)}`,
    "unclean.leader.election.enable=false",
    `offsets.topic.replication.factor=${Math.max(3, replication)}`,
    `transaction.state.log.replication.factor=${Math.max(3, replication)}`,
    `transaction.state.log.min.isr=${Math.max(2, minInSync)}`,
    "delete.topic.enable=false",
  ].join("\n");
}
