import type { Broker } from "./broker.ts";
import { metrics } from "../process/metrics.ts";

const lastOccurred = new Map<string, number>();

/** Remembers when the last handled event of a topic had occurred. */
export function noteHandled(topic: string, occurredAtMs: number): void {
  lastOccurred.set(topic, occurredAtMs);
}

/** A measurement of lag in records per partition and, as people feel it, in seconds per topic. */
export function watchLag(broker: Pick<Broker, "lag">, now: () => number = Date.now): () => Promise<"wait"> {
  // A waiting record is younger than the last handled one, and than the last time at which none waited.
  const emptySince = new Map<string, number>();
  return async () => {
    const behind = new Map<string, number>();
    for (const { topic, partition, records } of await broker.lag()) {
      metrics.lagRecords.set({ topic, partition: String(partition) }, records);
      behind.set(topic, (behind.get(topic) ?? 0) + records);
    }
    for (const [topic, records] of behind) {
      if (records === 0 || !emptySince.has(topic)) emptySince.set(topic, now());
      const since = Math.max(emptySince.get(topic) ?? 0, lastOccurred.get(topic) ?? 0);
      metrics.lagSeconds.set({ topic }, records === 0 ? 0 : Math.max(now() - since, 0) / 1000);
    }
    return "wait";
  };
}
