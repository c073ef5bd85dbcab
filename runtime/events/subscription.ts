import { setTimeout as sleep } from "node:timers/promises";
import { type Consumer, type Message, MessagesStreamFallbackModes, MessagesStreamModes } from "@platformatic/kafka";
import type { Lag } from "./broker.ts";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";
import { type IncomingRecord, incomingRecord } from "./record.ts";

export type KafkaConsumer = Consumer<Buffer, Buffer, Buffer, Buffer>;

/** How long the broker waits for records before it answers that there are none. */
export const FETCH_WAIT_MS = 250;
const REJOIN_PAUSE_MS = 1000;
const LEAVE_TIMEOUT_MS = 2000;

/** One membership of a group after the other, until it is stopped. */
export class Subscription {
  private consumer: KafkaConsumer | undefined;
  private readonly open: () => KafkaConsumer;
  private readonly topics: readonly string[];
  private readonly handle: (record: IncomingRecord) => Promise<void>;
  private readonly log: Log;
  private readonly stopping = new AbortController();
  private readonly ended: Promise<void>;

  constructor(
    open: () => KafkaConsumer,
    topics: readonly string[],
    handle: (record: IncomingRecord) => Promise<void>,
    log: Log,
  ) {
    this.open = open;
    this.topics = topics;
    this.handle = handle;
    this.log = log;
    this.ended = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  async lag(): Promise<readonly Lag[]> {
    const consumer = this.consumer;
    if (consumer === undefined || !consumer.isActive()) return [];
    const partitions = Object.fromEntries(
      (consumer.assignments ?? []).map((assigned) => [assigned.topic, assigned.partitions]),
    );
    const topics = Object.keys(partitions);
    if (topics.length === 0) return [];
    const offsets = await consumer.getLag({ topics, partitions });
    return topics.flatMap((topic) =>
      (partitions[topic] ?? []).map((partition) => {
        const behind = Number(offsets.get(topic)?.[partition] ?? 0n);
        return { topic, partition, records: Math.max(behind, 0) };
      }),
    );
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.member();
      } catch (error) {
        this.log.warn({ err: error }, "consumer lost its group and will join again");
        await sleep(REJOIN_PAUSE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Is a member of the group until stopped or thrown out. */
  private async member(): Promise<void> {
    const consumer = this.open();
    watch(consumer);
    try {
      const stream = await consumer.consume({
        topics: [...this.topics],
        mode: MessagesStreamModes.COMMITTED,
        fallbackMode: MessagesStreamFallbackModes.EARLIEST,
        autocommit: false,
        maxWaitTime: FETCH_WAIT_MS,
      });
      this.consumer = consumer;
      const stop = () => {
        void stream.close();
      };
      this.stopping.signal.addEventListener("abort", stop, { once: true });
      if (this.stopping.signal.aborted) stop();
      try {
        for await (const message of stream) {
          if (this.stopping.signal.aborted) break;
          await this.handle(recordOf(message));
          const committed = Promise.resolve(message.commit()).catch((error: unknown) =>
            this.log.debug({ err: error }, "commit failed; records may come again"),
          );
          // Otherwise not awaited: the client merges the commits that queue up behind one in flight.
          if (this.stopping.signal.aborted) await Promise.race([committed, sleep(LEAVE_TIMEOUT_MS)]);
        }
      } finally {
        this.stopping.signal.removeEventListener("abort", stop);
      }
    } finally {
      this.consumer = undefined;
      metrics.consumerConnected.set(0);
      // With the broker away, leaving takes as long as everything else; the group notices without us.
      await Promise.race([consumer.close(true), sleep(LEAVE_TIMEOUT_MS)]).catch((error: unknown) =>
        this.log.warn({ err: error }, "leaving the group failed"),
      );
    }
  }
}

function watch(consumer: KafkaConsumer): void {
  consumer.on("consumer:group:join", ({ assignments }) => {
    metrics.consumerConnected.set(1);
    metrics.rebalances.inc();
    metrics.assignedPartitions.reset();
    metrics.lagRecords.reset();
    for (const { topic, partitions } of assignments ?? []) metrics.assignedPartitions.set({ topic }, partitions.length);
  });
}

/** The client says undefined where a record has no key, value or header value. */
function recordOf(message: Message): IncomingRecord {
  const { key, value, headerEntries } = message as Partial<Message>;
  const headers = (headerEntries ?? []).map(([name, content]: [Buffer, Buffer?]) => [name, content ?? null] as const);
  return incomingRecord(message, { key: key ?? null, value: value ?? null, headers });
}
