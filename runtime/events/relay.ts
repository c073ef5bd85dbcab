import { type Kysely, type Selectable, sql } from "kysely";
import type { Broker } from "./broker.ts";
import type { KitTables } from "../database/kit-tables.ts";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";
import { type OutgoingRecord, textRecord } from "./record.ts";

const BATCH = 100;
/** Half of the 1 MiB that brokers take in one batch; keys and framing come on top. */
const BATCH_BYTES = 512 * 1024;

/**
 * Publishes the next batch of the outbox. One replica at a time holds the lease, for the length of one batch: order per key is kept,
 * and at most one batch is in flight. Killed between publishing and deleting, the next run publishes the batch again.
 */
export async function publishBatch(
  db: Kysely<KitTables>,
  broker: Broker,
  topic: string,
  log: Log,
): Promise<"again" | "wait"> {
  // Most of the time there is nothing to do, and finding that out costs one statement.
  if ((await db.selectFrom("outbox").select("id").limit(1).executeTakeFirst()) === undefined) return "wait";
  return db.transaction().execute(async (tx) => {
    const lease = await tx.selectFrom("outboxLease").select("id").forUpdate().skipLocked().executeTakeFirst();
    if (lease === undefined) return "wait";
    const waiting = await tx.selectFrom("outbox").select(["id", bytes]).orderBy("id").limit(BATCH).execute();
    const ids = withinBatch(waiting);
    if (ids.length === 0) return "wait";
    const rows = await tx.selectFrom("outbox").selectAll().where("id", "in", ids).orderBy("id").execute();
    try {
      await broker.publish(rows.map((row) => recordOf(row, topic, log)));
    } catch (error) {
      metrics.produceErrors.inc({ topic });
      throw error;
    }
    await tx.deleteFrom("outbox").where("id", "in", ids).execute();
    for (const row of rows) {
      metrics.produced.inc({ topic, event: row.eventType });
      log.info({ event: row.eventType, key: row.messageKey, eventId: row.eventId }, "event published");
    }
    return ids.length === BATCH || ids.length < waiting.length ? "again" : "wait";
  });
}

const bytes = sql<number>`OCTET_LENGTH(value) + OCTET_LENGTH(headers)`.as("bytes");

/** The first of the waiting rows that fit into one batch; one alone always does. */
function withinBatch(waiting: readonly { readonly id: number; readonly bytes: number }[]): readonly number[] {
  let sum = 0;
  const end = waiting.findIndex((row, index) => (sum += Number(row.bytes)) > BATCH_BYTES && index > 0);
  return waiting.slice(0, end === -1 ? waiting.length : end).map(({ id }) => id);
}

/** An event is whole without its headers, so a row whose headers cannot be read holds up nobody. */
function recordOf(row: Selectable<KitTables["outbox"]>, topic: string, log: Log): OutgoingRecord {
  const { eventId, eventType, messageKey: key, value } = row;
  try {
    return textRecord(topic, { key, value, headers: JSON.parse(row.headers) as Record<string, string> });
  } catch (error) {
    log.error({ err: error, eventId }, "event published without its headers, which cannot be read");
    return textRecord(topic, { key, value, headers: { eventId, eventType } });
  }
}

/** How much waits to be published, and for how long already. */
export async function measureOutbox(db: Kysely<KitTables>): Promise<void> {
  const { count, oldest } = await db
    .selectFrom("outbox")
    .select(({ fn }) => [fn.countAll().as("count"), fn.min("createdAt").as("oldest")])
    .executeTakeFirstOrThrow();
  metrics.outboxPending.set(Number(count));
  metrics.outboxAge.set(oldest ? Math.max(Date.now() - oldest.getTime(), 0) / 1000 : 0);
}
