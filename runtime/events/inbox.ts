import type { Kysely } from "kysely";
import type { Broker } from "./broker.ts";
import type { Codec, Event } from "./envelope.ts";
import type { KitTables } from "../database/kit-tables.ts";
import { noteHandled } from "./lag.ts";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";

/** The event came before the one it builds on, for instance because the two travel on different topics. It will be tried again. */
export class EarlyEvent extends Error {}

export interface Inbox {
  readonly db: Kysely<KitTables>;
  readonly broker: Broker;
  readonly codec: Codec;
  readonly service: string;
  readonly log: Log;
  readonly stopping: AbortSignal;
  handles(eventType: string): boolean;
  /** Runs the service's handler in one transaction with `first`, which tells whether the event is still to be handled. */
  apply(event: Event, first: (tx: Kysely<KitTables>) => Promise<boolean>): Promise<"handled" | "duplicate">;
  /** Called when parked events may have become ready. */
  wakeRetries(): void;
}

/** Writes the event into the inbox; false when it is there already. Rolled back together with the handler's work. */
export async function rememberHandled(tx: Kysely<KitTables>, event: Event): Promise<boolean> {
  const { eventId, eventType } = event;
  // Not INSERT IGNORE, which would ignore more than a row that is there already: a value that does not fit.
  const unlessKnown = tx
    .selectNoFrom(({ val }) => [val(eventId).as("id"), val(eventType).as("type"), val(new Date()).as("at")])
    .where(({ not, exists }) => not(exists(tx.selectFrom("inbox").select("eventId").where("eventId", "=", eventId))));
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("inbox")
    .columns(["eventId", "eventType", "handledAt"])
    .expression(unlessKnown)
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Counts and logs the end of an event's handling. */
export function noteResult(
  inbox: Pick<Inbox, "log">,
  topic: string,
  event: Event,
  result: "handled" | "duplicate",
): void {
  metrics.consumed.inc({ topic, event: event.eventType, result });
  noteHandled(topic, Date.parse(event.occurredAt));
  metrics.eventAge.observe({ topic }, Math.max(Date.now() - Date.parse(event.occurredAt), 0) / 1000);
  inbox.log.info({ event: event.eventType, key: event.key, eventId: event.eventId, result }, "event handled");
}
