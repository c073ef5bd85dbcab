import type { Broker } from "./broker.ts";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";
import { shortened } from "../process/shortened.ts";
import type { IncomingRecord } from "./record.ts";

/** Name of the topic that takes what a service could not consume from a topic. */
export function deadLetterTopic(topic: string, service: string): string {
  return `${topic}.${service}.dlq`;
}

/** Moves a record to the dead-letter topic, unchanged to the byte, with where it came from and why in headers behind its own. */
export async function deadLetter(
  parts: { broker: Broker; service: string; log: Log },
  record: IncomingRecord,
  reason: "invalid" | "exhausted",
  why: string,
): Promise<void> {
  const { topic, partition, offset, raw } = record;
  const detail = shortened(why);
  const origin = {
    "dlq-topic": topic,
    "dlq-partition": String(partition),
    "dlq-offset": String(offset),
    "dlq-reason": reason,
    "dlq-detail": detail,
    "dlq-time": new Date().toISOString(),
  };
  const headers = Object.entries(origin).map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const);
  await parts.broker.publish([
    { ...raw, topic: deadLetterTopic(topic, parts.service), headers: [...raw.headers, ...headers] },
  ]);
  metrics.deadLetters.inc({ topic, reason });
  parts.log.error(
    { topic, partition, offset: String(offset), reason, detail },
    "record moved to the dead-letter topic",
  );
}
