import type { Kysely } from "kysely";
import type { IncomingRecord } from "./broker.ts";
import { continueCorrelation, withCorrelation } from "../process/correlation.ts";
import { isTransient } from "../database/database-error.ts";
import { deadLetter } from "./dead-letter.ts";
import type { Event } from "./envelope.ts";
import { EarlyEvent, type Inbox, noteResult, rememberHandled } from "./inbox.ts";
import type { KitTables } from "../database/kit-tables.ts";
import { metrics } from "../process/metrics.ts";

const FIRST_RETRY_MS = 200;
const MAX_RETRY_MS = 30_000;
/** An early event waits about an hour for its predecessor; a failing handler gets about a minute to recover. */
const ATTEMPTS = { early: 125, failed: 9 };

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
  await db
    .insertInto("parked")
    .ignore()
    .values({
      eventId: event.eventId,
      eventType: event.eventType,
      topic: record.topic,
      messageKey: record.key,
      sourcePartition: record.partition,
      sourceOffset: record.offset.toString(),
      value: record.value,
      headers: JSON.stringify(record.headers),
      reason,
      attempts: 0,
      nextAt: new Date(now + retryDelayMs(0)),
      parkedAt: new Date(now),
    })
    .execute();
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

/** Tries the next parked event that is due and first of its topic and key; gives it up after its attempts. */
export async function retryParked(inbox: Inbox): Promise<"again" | "wait"> {
  const row = await inbox.db
    .selectFrom("parked")
    .selectAll()
    .where("nextAt", "<=", new Date())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("parked as older")
            .select("older.id")
            .whereRef("older.topic", "=", "parked.topic")
            .whereRef("older.messageKey", "=", "parked.messageKey")
            .whereRef("older.id", "<", "parked.id"),
        ),
      ),
    )
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return "wait";
  const record: IncomingRecord = {
    topic: row.topic,
    key: row.messageKey,
    partition: row.sourcePartition,
    offset: BigInt(row.sourceOffset),
    value: row.value,
    headers: JSON.parse(row.headers) as Record<string, string>,
  };
  const decoded = inbox.codec.decode(record);
  const trace = continueCorrelation({
    traceparent: record.headers["traceparent"],
    correlationId: record.headers["x-correlation-id"],
  });
  return withCorrelation(trace, async () => {
    try {
      if (decoded.kind !== "event") throw new Error("the parked event is not understood any more");
      const result = await inbox.apply(decoded.event, (tx) => claim(tx, row.id, decoded.event));
      // Claimed by another replica, or handled meanwhile: its row is gone or soon will be.
      if (result === "duplicate") return "wait";
      noteResult(inbox, row.topic, decoded.event, result);
      await wakeParked(inbox.db, row.messageKey);
    } catch (error) {
      if (isTransient(error)) throw error;
      await postpone(inbox, row, record, error);
    }
    return "again";
  });
}

async function claim(tx: Kysely<KitTables>, id: number, event: Event): Promise<boolean> {
  const mine = await tx
    .selectFrom("parked")
    .select("id")
    .where("id", "=", id)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (mine === undefined) return false;
  await tx.deleteFrom("parked").where("id", "=", id).execute();
  return rememberHandled(tx, event);
}

async function postpone(
  inbox: Inbox,
  row: { id: number; attempts: number; eventType: string },
  record: IncomingRecord,
  error: unknown,
): Promise<void> {
  const attempts = row.attempts + 1;
  const reason = error instanceof EarlyEvent ? "early" : "failed";
  if (attempts >= ATTEMPTS[reason]) {
    await deadLetter(inbox, record, "exhausted", error instanceof Error ? error.message : String(error));
    await inbox.db.deleteFrom("parked").where("id", "=", row.id).execute();
    metrics.consumed.inc({ topic: record.topic, event: row.eventType, result: "dead_letter" });
    return;
  }
  await inbox.db
    .updateTable("parked")
    .set({ attempts, reason, nextAt: new Date(Date.now() + retryDelayMs(attempts)) })
    .where("id", "=", row.id)
    .execute();
}

/** Shows how many events are parked. */
export async function measureParked(db: Kysely<KitTables>): Promise<void> {
  const { count } = await db
    .selectFrom("parked")
    .select(({ fn }) => fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  metrics.parked.set(Number(count));
}
