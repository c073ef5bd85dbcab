import type { Kysely, Selectable } from "kysely";
import type { IncomingRecord } from "./broker.ts";
import { continueCorrelation, withCorrelation } from "../process/correlation.ts";
import { isTransient } from "../database/database-error.ts";
import { deadLetter } from "./dead-letter.ts";
import type { Event } from "./envelope.ts";
import { EarlyEvent, type Inbox, noteResult, rememberHandled } from "./inbox.ts";
import type { KitTables } from "../database/kit-tables.ts";
import { metrics } from "../process/metrics.ts";
import { safeMessage } from "../process/safe-error.ts";
import { retryDelayMs, wakeParked } from "./parking.ts";

type ParkedRow = Selectable<KitTables["parked"]>;

/** An early event waits about an hour for its predecessor; a failing handler gets about a minute to recover. */
const ATTEMPTS = { early: 125, failed: 9 };

/** Tries the next parked event that is due and first of its topic and key; gives it up after its attempts. */
export async function retryParked(inbox: Inbox): Promise<"again" | "wait"> {
  const row = await nextDue(inbox.db);
  if (row === undefined) return "wait";
  const record = recordOf(row);
  const trace = continueCorrelation({
    traceparent: record.headers["traceparent"],
    correlationId: record.headers["x-correlation-id"],
  });
  return withCorrelation(trace, async () => {
    try {
      return (await handleAgain(inbox, row, record)) === "duplicate" ? "wait" : "again";
    } catch (error) {
      if (isTransient(error)) throw error;
      await postpone(inbox, row, record, error);
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
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
}

function recordOf(row: ParkedRow): IncomingRecord {
  return {
    topic: row.topic,
    key: row.messageKey,
    partition: row.sourcePartition,
    offset: BigInt(row.sourceOffset),
    value: row.value,
    headers: JSON.parse(row.headers) as Record<string, string>,
  };
}

/** A duplicate is claimed by another replica, or was handled meanwhile: its row is gone or soon will be. */
async function handleAgain(inbox: Inbox, row: ParkedRow, record: IncomingRecord): Promise<"handled" | "duplicate"> {
  const decoded = inbox.codec.decode(record);
  if (decoded.kind !== "event") throw new Error("the parked event is not understood any more");
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

async function postpone(
  inbox: Inbox,
  row: { id: number; attempts: number; eventType: string },
  record: IncomingRecord,
  error: unknown,
): Promise<void> {
  const attempts = row.attempts + 1;
  const reason = error instanceof EarlyEvent ? "early" : "failed";
  if (attempts >= ATTEMPTS[reason]) {
    await deadLetter(inbox, record, "exhausted", safeMessage(error));
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
