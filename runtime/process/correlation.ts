import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes, randomUUID } from "node:crypto";

/** What ties the log lines, calls and events of one request together. */
export interface Correlation {
  readonly correlationId: string;
  /** W3C trace context: version-trace-span-flags. */
  readonly traceparent: string;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;
// What a stranger may put into our logs and headers.
const CORRELATION_ID = /^[\w.:-]{1,64}$/;

const current = new AsyncLocalStorage<Correlation>();

/** The correlation of the running request or event, if there is one. */
export function correlation(): Correlation | undefined {
  return current.getStore();
}

/** Continues a caller's trace with a span of our own, or begins a new one where the headers are missing or malformed. */
export function continueCorrelation(headers: {
  traceparent?: string | undefined;
  correlationId?: string | undefined;
}): Correlation {
  const [, trace = randomBytes(16).toString("hex"), flags = "01"] = TRACEPARENT.exec(headers.traceparent ?? "") ?? [];
  const given = headers.correlationId ?? "";
  return {
    correlationId: CORRELATION_ID.test(given) ? given : randomUUID(),
    traceparent: `00-${trace}-${randomBytes(8).toString("hex")}-${flags}`,
  };
}

/** Runs work under a correlation; everything it awaits sees it. */
export function withCorrelation<Result>(value: Correlation, work: () => Result): Result {
  return current.run(value, work);
}

/** Headers that carry the running correlation to the next service, over HTTP and Kafka alike. */
export function correlationHeaders(): Record<string, string> {
  const value = current.getStore();
  return value === undefined ? {} : { traceparent: value.traceparent, "x-correlation-id": value.correlationId };
}
