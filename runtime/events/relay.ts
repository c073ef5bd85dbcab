import type { Kysely } from "kysely";
import type { Broker } from "./broker.ts";
import type { KitTables } from "../database/kit-tables.ts";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";

const BATCH = 100;

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
    const rows = await tx.selectFrom("outbox").selectAll().orderBy("id").limit(BATCH).execute();
    if (rows.length === 0) return "wait";
    try {
      await broker.publish(
        rows.map((row) => ({
          topic,
          key: row.messageKey,
          value: row.value,
          headers: JSON.parse(row.headers) as Record<string, string>,
        })),
      );
    } catch (error) {
      metrics.produceErrors.inc({ topic });
      throw error;
    }
    await tx
      .deleteFrom("outbox")
      .where(
        "id",
        "in",
        rows.map((row) => row.id),
      )
      .execute();
    for (const row of rows) {
      metrics.produced.inc({ topic, event: row.eventType });
      log.info({ event: row.eventType, key: row.messageKey, eventId: row.eventId }, "event published");
    }
    return rows.length === BATCH ? "again" : "wait";
  });
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
