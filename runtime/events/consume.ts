import { setTimeout as sleep } from "node:timers/promises";
import { continueCorrelation, withCorrelation } from "../process/correlation.ts";
import { isRefusedValue, isTransient } from "../database/database-error.ts";
import { deadLetter } from "./dead-letter.ts";
import type { Event } from "./envelope.ts";
import { EarlyEvent, type Inbox, noteResult, rememberHandled } from "./inbox.ts";
import { metrics } from "../process/metrics.ts";
import { safeMessage } from "../process/safe-error.ts";
import { isQueuedBehind, park, wakeParked } from "./parking.ts";
import type { IncomingRecord } from "./record.ts";

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5000;
/** Three seconds. A database that is away for longer cannot park either. */
const TRANSIENT_ATTEMPTS = 5;

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
    traceparent: record.headers.get("traceparent"),
    correlationId: record.headers.get("x-correlation-id"),
  });
  await withCorrelation(trace, () => untilPossible(inbox, (attempt) => handleOrPark(inbox, record, event, attempt)));
}

async function handleOrPark(inbox: Inbox, record: IncomingRecord, event: Event, attempt: number): Promise<void> {
  try {
    const result = await inbox.apply(event, async (tx) => {
      if (!(await rememberHandled(tx, event))) return false;
      if (await isQueuedBehind(tx, record)) throw new EarlyEvent("an earlier event of the same key is parked");
      return true;
    });
    noteResult(inbox, record.topic, event, result);
    if (result === "handled" && (await wakeParked(inbox.db, event.key))) inbox.wakeRetries();
  } catch (error) {
    // A handler may fail as a database that is away does, and for one event only.
    if (isTransient(error) && attempt < TRANSIENT_ATTEMPTS) throw error;
    await setAside(inbox, record, event, error);
  }
}

/** Parks the event; what the database can never keep goes to the dead letters at once. */
async function setAside(inbox: Inbox, record: IncomingRecord, event: Event, error: unknown): Promise<void> {
  const labels = { topic: record.topic, event: event.eventType };
  try {
    await park(inbox.db, record, event, error instanceof EarlyEvent ? "early" : "failed");
  } catch (refusal) {
    if (!isRefusedValue(refusal)) throw refusal;
    await deadLetter(inbox, record, "invalid", `it cannot be parked: ${safeMessage(refusal)}`);
    return metrics.consumed.inc({ ...labels, result: "dead_letter" });
  }
  metrics.consumed.inc({ ...labels, result: "parked" });
  inbox.log.warn({ event: event.eventType, key: event.key, eventId: event.eventId, err: error }, "event parked");
}

/** Repeats work while the database or the broker is away; meanwhile the record stays unconsumed and lag shows it. */
async function untilPossible(inbox: Inbox, work: (attempt: number) => Promise<void>): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (inbox.stopping.aborted) throw error;
      inbox.log.warn({ err: error, pauseMs }, "cannot consume at the moment");
      await sleep(pauseMs, undefined, { signal: inbox.stopping });
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    }
  }
}
