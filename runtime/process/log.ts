import { type Logger, type LoggerOptions, pino } from "pino";
import { correlation } from "./correlation.ts";
import { safeError, safeMessage } from "./safe-error.ts";

export type Log = Logger;

const SECRET_KEYS = ["password", "authorization", "cookie", "token", "secret", "DATABASE_PASSWORD"];
// Personal data has no place in logs either.
const PERSONAL_KEYS = ["telephone", "address", "customerName"];
const HIDDEN = [...SECRET_KEYS, ...PERSONAL_KEYS];
/** As deep as what is logged may be nested. */
const DEPTH = 4;

/** JSON lines on stdout with UTC times, correlation ids, errors by a list of what is allowed, and secrets and personal data blotted out. */
export function createLog(
  settings: { service: string; version: string; logLevel: string },
  destination?: { write(line: string): void },
): Log {
  const options: LoggerOptions = {
    level: settings.logLevel,
    base: { service: settings.service, version: settings.version },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }), log: (entry) => withSafeErrors(entry, DEPTH) },
    serializers: { err: (shown: unknown) => shown }, // made safe by then, wherever it stands
    hooks: {
      logMethod(args, method) {
        method.apply(this, safeArguments(args) as Parameters<typeof method>);
      },
    },
    redact: { paths: HIDDEN.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[hidden]" },
    mixin: () => {
      const value = correlation();
      return value === undefined ? {} : { correlationId: value.correlationId, traceId: value.traceparent.slice(3, 35) };
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function withSafeErrors(entry: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]: [string, unknown]) => [
      key,
      key === "err" && value !== undefined ? safeError(value) : harmless(value, depth),
    ]),
  );
}

function harmless(value: unknown, depth: number): unknown {
  if (value instanceof Error) return safeError(value);
  if (Array.isArray(value)) return depth > 0 ? value.map((each) => harmless(each, depth - 1)) : "[too deep]";
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return depth > 0 ? withSafeErrors(value, depth - 1) : "[too deep]";
}

/** Where no message is given, pino takes that of the error as it is; and an error among what fills a message is printed whole. */
function safeArguments([first, message, ...fill]: readonly unknown[]): readonly unknown[] {
  const entry: unknown = first instanceof Error ? { err: first } : first;
  const ofError = typeof entry === "object" && entry !== null && "err" in entry ? safeMessage(entry.err) : undefined;
  return [entry, message ?? ofError, ...fill].map((value) => (value instanceof Error ? safeMessage(value) : value));
}
