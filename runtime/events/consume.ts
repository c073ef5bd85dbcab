import { setTimeout as sleep } from "node:timers/promises";
import type { IncomingRecord } from "./broker.ts";
import { continueCorrelation, withCorrelation } from "../process/correlation.ts";
import { isTransient } from "../database/database-error.ts";
import { deadLetter } from "./dead-letter.ts";
import type { Event } from "./envelope.ts";
import { EarlyEvent, type Inbox, noteResult, rememberHandled } from "./inbox.ts";
import { metrics } from "../process/metrics.ts";
import { isQueuedBehind, park, wakeParked } from "./parking.ts";

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5000;

/** Consumes one record: resolved means it is dealt with for good — handled, known already, parked, dead-lettered or not for us. */
export async function consume(inbox: Inbox, record: IncomingRecord): Promise<void> {
  const decoded = inbox.codec.decode(record);
  if (decoded.kind === "invalid") {
    await untilPossible(inbox, () => deadLetter(inbox, record, "invalid", decoded.reason));
    metrics.consumed.inc({ topic: record.topic, event: "invalid", result: "dead_letter" });
    return;
  }
  if (decoded.kind === "unknown" || !inbox.handles(decoded.event.eventType)) {
    metrics.consumed.inc({ topic: record.topic, event: "other", result: "ignored" });
    return;
  }
  const { event } = decoded;
  const trace = continueCorrelation({
    traceparent: record.headers["traceparent"],
    correlationId: record.headers["x-correlation-id"],
  });
  await withCorrelation(trace, () => untilPossible(inbox, () => handleOrPark(inbox, record, event)));
}

async function handleOrPark(inbox: Inbox, record: IncomingRecord, event: Event): Promise<void> {
  try {
    const result = await inbox.apply(event, async (tx) => {
      if (!(await rememberHandled(tx, event))) return false;
      if (await isQueuedBehind(tx, record)) throw new EarlyEvent("an earlier event of the same key is parked");
      return true;
    });
    noteResult(inbox, record.topic, event, result);
    if (result === "handled" && (await wakeParked(inbox.db, event.key))) inbox.wakeRetries();
  } catch (error) {
    if (isTransient(error)) throw error;
    await park(inbox.db, record, event, error instanceof EarlyEvent ? "early" : "failed");
    metrics.consumed.inc({ topic: record.topic, event: event.eventType, result: "parked" });
    inbox.log.warn({ event: event.eventType, key: event.key, eventId: event.eventId, err: error }, "event parked");
  }
}

/** Repeats work while the database or the broker is away; meanwhile the record stays unconsumed and lag shows it. */
async function untilPossible(inbox: Inbox, work: () => Promise<void>): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (inbox.stopping.aborted) throw error;
      inbox.log.warn({ err: error, pauseMs }, "cannot consume at the moment");
      await sleep(pauseMs, undefined, { signal: inbox.stopping });
    }
  }
}
