import type { Kysely } from "kysely";
import type { Event } from "./envelope.ts";
import { isDuplicateKey } from "../database/database-error.ts";
import type { KitTables } from "../database/kit-tables.ts";
import { metrics } from "../process/metrics.ts";
import { headersText } from "./parked-record.ts";
import type { IncomingRecord } from "./record.ts";

const FIRST_RETRY_MS = 200;
const MAX_RETRY_MS = 30_000;

/** Pause before the next attempt: doubling up to half a minute. */
export function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), MAX_RETRY_MS);
}

/** Sets an event aside, so that the records behind it are not held up. */
export async function park(
  db: Kysely<KitTables>,
  record: IncomingRecord,
  event: Event,
  reason: "early" | "failed",
): Promise<void> {
  const now = Date.now();
  const row = {
    eventId: event.eventId,
    eventType: event.eventType,
    topic: record.topic,
    messageKey: record.key,
    sourcePartition: record.partition,
    sourceOffset: record.offset.toString(),
    value: record.value,
    headers: headersText(record.raw),
    reason,
    attempts: 0,
    nextAt: new Date(now + retryDelayMs(0)),
    parkedAt: new Date(now),
  };
  try {
    await db.insertInto("parked").values(row).execute();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error; // parked already: the record came again
  }
}

/** Whether an event of the same topic and key is parked: then this one must wait too, or their order would be lost. */
export async function isQueuedBehind(db: Kysely<KitTables>, record: IncomingRecord): Promise<boolean> {
  const row = await db
    .selectFrom("parked")
    .select("id")
    .where("messageKey", "=", record.key)
    .where("topic", "=", record.topic)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes the parked events of a key due now; true when there are any. */
export async function wakeParked(db: Kysely<KitTables>, key: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("parked")
    .set({ nextAt: new Date() })
    .where("messageKey", "=", key)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Shows how many events are parked. */
export async function measureParked(db: Kysely<KitTables>): Promise<void> {
  const { count } = await db
    .selectFrom("parked")
    .select(({ fn }) => fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  metrics.parked.set(Number(count));
}
