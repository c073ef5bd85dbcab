import type { Kysely } from "kysely";
import { continueCorrelation, withCorrelation } from "../process/correlation.ts";
import { isTransient } from "../database/database-error.ts";
import { deadLetter } from "./dead-letter.ts";
import type { Event } from "./envelope.ts";
import { EarlyEvent, type Inbox, noteResult, rememberHandled } from "./inbox.ts";
import type { KitTables } from "../database/kit-tables.ts";
import { metrics } from "../process/metrics.ts";
import { safeMessage } from "../process/safe-error.ts";
import { type ParkedRow, parkedRecord } from "./parked-record.ts";
import { retryDelayMs, wakeParked } from "./parking.ts";
import type { IncomingRecord } from "./record.ts";

/** No further attempt can succeed. */
class Unreadable extends Error {}

/** An early event waits about an hour for its predecessor; a failing handler gets about a minute to recover. */
const ATTEMPTS = { early: 125, failed: 9 };

/**
 * Tries the next parked event that is due and first of its topic and key; gives it up after its attempts. Whatever becomes of it, the
 * others that are due come before it is due again.
 */
export async function retryParked(inbox: Inbox): Promise<"again" | "wait"> {
  const row = await nextDue(inbox.db);
  if (row === undefined) return "wait";
  const { record, isWhole } = parkedRecord(row);
  const trace = continueCorrelation({
    traceparent: record.headers.get("traceparent"),
    correlationId: record.headers.get("x-correlation-id"),
  });
  return withCorrelation(trace, async () => {
    try {
      if (!isWhole) throw new Unreadable("its parked headers cannot be read");
      return (await handleAgain(inbox, row, record)) === "duplicate" ? "wait" : "again";
    } catch (error) {
      await postpone(inbox, row, record, error);
      if (isTransient(error)) throw error;
      return "again";
    }
  });
}

async function nextDue(db: Kysely<KitTables>): Promise<ParkedRow | undefined> {
  return db
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
    .orderBy("nextAt")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
}

/** A duplicate is claimed by another replica, or was handled meanwhile: its row is gone or soon will be. */
async function handleAgain(inbox: Inbox, row: ParkedRow, record: IncomingRecord): Promise<"handled" | "duplicate"> {
  const decoded = inbox.codec.decode(record);
  if (decoded.kind !== "event") throw new Unreadable("the parked event is not understood any more");
  const result = await inbox.apply(decoded.event, (tx) => claim(tx, row.id, decoded.event));
  if (result === "duplicate") return result;
  noteResult(inbox, row.topic, decoded.event, result);
  await wakeParked(inbox.db, row.messageKey);
  return result;
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

/** Sets the row aside for a while, and where its attempts are used up, for good. */
async function postpone(inbox: Inbox, row: ParkedRow, record: IncomingRecord, error: unknown): Promise<void> {
  const counts = !isTransient(error); // while database or broker are away, no attempt does
  const reason = !counts ? row.reason : error instanceof EarlyEvent ? "early" : "failed";
  const attempts = row.attempts + (counts ? 1 : 0);
  await inbox.db
    .updateTable("parked")
    .set({ attempts, reason, nextAt: new Date(Date.now() + retryDelayMs(attempts)) })
    .where("id", "=", row.id)
    .execute();
  const unreadable = error instanceof Unreadable;
  if (!counts || (attempts < ATTEMPTS[reason] && !unreadable)) return;
  await deadLetter(inbox, record, unreadable ? "invalid" : "exhausted", safeMessage(error));
  await inbox.db.deleteFrom("parked").where("id", "=", row.id).execute();
  metrics.consumed.inc({ topic: record.topic, event: row.eventType, result: "dead_letter" });
}
