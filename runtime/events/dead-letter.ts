import type { Broker, IncomingRecord } from "./broker.ts";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";

/** Name of the topic that takes what a service could not consume from a topic. */
export function deadLetterTopic(topic: string, service: string): string {
  return `${topic}.${service}.dlq`;
}

/** Moves a record to the dead-letter topic, unchanged, with where it came from and why in its headers. */
export async function deadLetter(
  parts: { broker: Broker; service: string; log: Log },
  record: IncomingRecord,
  reason: "invalid" | "exhausted",
  detail: string,
): Promise<void> {
  const origin = {
    "dlq-topic": record.topic,
    "dlq-partition": String(record.partition),
    "dlq-offset": String(record.offset),
    "dlq-reason": reason,
    "dlq-detail": detail.slice(0, 500),
    "dlq-time": new Date().toISOString(),
  };
  await parts.broker.publish([
    {
      topic: deadLetterTopic(record.topic, parts.service),
      key: record.key,
      value: record.value,
      headers: { ...record.headers, ...origin },
    },
  ]);
  metrics.deadLetters.inc({ topic: record.topic, reason });
  parts.log.error(
    { topic: record.topic, partition: record.partition, offset: String(record.offset), reason, detail },
    "record moved to the dead-letter topic",
  );
}
