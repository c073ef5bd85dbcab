import { setTimeout as sleep } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Broker } from "./broker.ts";
import { consume } from "./consume.ts";
import type { Inbox } from "./inbox.ts";
import type { KitTables } from "../database/kit-tables.ts";
import { watchLag } from "./lag.ts";
import type { Log } from "../process/log.ts";
import { type Loop, startLoop } from "../process/loop.ts";
import { metrics } from "../process/metrics.ts";
import { measureParked } from "./parking.ts";
import { measureOutbox, publishBatch } from "./relay.ts";
import { retryParked } from "./retry-parked.ts";
import type { KafkaSettings } from "../process/settings.ts";

/** Everything between this service's database and the broker. */
export interface Messaging {
  /** There is something new in the outbox. */
  wakeRelay(): void;
  /** Leaves the group after the record in hand, publishes what is left, closes the connections. */
  stop(): Promise<void>;
}

type Parts = Omit<Inbox, "wakeRetries" | "stopping">;
type StartLoop = (what: string, everyMs: number, run: () => Promise<"again" | "wait">) => Loop;

const RELAY_EVERY_MS = 250;
const RETRY_EVERY_MS = 1000;
const MEASURE_EVERY_MS = 5000;
const HOUSEKEEPING_EVERY_MS = 3_600_000;
const MAX_PAUSE_MS = 2000;
/** Longest time for one step of stopping: with the broker away, none of them ends by itself. */
const STEP_MS = 2500;
/** Longer than any topic keeps its records, so that no record can come again after its event id was forgotten. */
const INBOX_KEEP_MS = 30 * 24 * 3_600_000;

/** Starts relay, consumer, retries and their measurements. None of them needs the broker or the database to be there yet. */
export function startMessaging(parts: Parts, kafka: KafkaSettings): Messaging {
  const { db, broker, log } = parts;
  const { topic } = kafka;
  const stopping = new AbortController();
  const loops: Loop[] = [];
  const loop: StartLoop = (what, everyMs, run) => {
    const onError = (error: unknown, pauseMs: number) =>
      log.warn({ err: error, pauseMs }, `${what} failed and will be tried again`);
    const started = startLoop(run, { everyMs, maxPauseMs: Math.max(MAX_PAUSE_MS, everyMs), onError });
    loops.push(started);
    return started;
  };
  const relay =
    topic === undefined ? undefined : loop("publishing", RELAY_EVERY_MS, () => publishBatch(db, broker, topic, log));
  if (kafka.consume.length > 0) startConsuming({ ...parts, stopping: stopping.signal }, kafka, loop);
  loop("measuring queues", MEASURE_EVERY_MS, async () => {
    if (topic !== undefined) await measureOutbox(db);
    await measureParked(db);
    return "wait";
  });
  return {
    wakeRelay: () => relay?.wake(),
    stop() {
      stopping.abort();
      return leave(parts, topic, loops);
    },
  };
}

function startConsuming(parts: Omit<Inbox, "wakeRetries">, kafka: KafkaSettings, loop: StartLoop): void {
  const { db, broker } = parts;
  for (const consumed of kafka.consume)
    for (const reason of ["invalid", "exhausted"]) metrics.deadLetters.inc({ topic: consumed, reason }, 0);
  const inbox: Inbox = { ...parts, wakeRetries: () => retries.wake() };
  const retries = loop("retrying parked events", RETRY_EVERY_MS, () => retryParked(inbox));
  broker.subscribe(kafka.group, kafka.consume, (record) => consume(inbox, record));
  loop("forgetting old event ids", HOUSEKEEPING_EVERY_MS, () => forgetOldIds(db));
  loop("measuring lag", MEASURE_EVERY_MS, watchLag(broker));
}

/** The steps of going away; one that fails or takes too long does not keep the others from being taken. */
async function leave({ db, broker, log }: Parts, topic: string | undefined, loops: readonly Loop[]): Promise<void> {
  const step = (what: string, done: Promise<unknown>) =>
    Promise.race([done, sleep(STEP_MS)]).catch((error: unknown) =>
      log.warn({ err: error }, `${what} failed while stopping`),
    );
  await step("leaving the group", broker.unsubscribe());
  await step("ending background work", Promise.all(loops.map((each) => each.stop())));
  // What does not leave now is published by another replica or after the restart.
  if (topic !== undefined) await step("emptying the outbox", emptyOutbox(db, broker, topic, log));
  await step("closing the connections", broker.close());
}

async function emptyOutbox(db: Kysely<KitTables>, broker: Broker, topic: string, log: Log): Promise<void> {
  while ((await publishBatch(db, broker, topic, log)) === "again");
}

async function forgetOldIds(db: Kysely<KitTables>): Promise<"wait"> {
  await db
    .deleteFrom("inbox")
    .where("handledAt", "<", new Date(Date.now() - INBOX_KEEP_MS))
    .execute();
  return "wait";
}
