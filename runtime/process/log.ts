import { type Logger, pino } from "pino";
import { correlation } from "./correlation.ts";

export type Log = Logger;

const SECRET_KEYS = ["password", "authorization", "cookie", "token", "secret", "DATABASE_PASSWORD"];
// Personal data has no place in logs either.
const PERSONAL_KEYS = ["telephone", "address", "customerName"];

/** JSON lines on stdout with UTC times, correlation ids, and secrets and personal data blotted out. */
export function createLog(
  settings: { service: string; version: string; logLevel: string },
  destination?: { write(line: string): void },
): Log {
  const hidden = [...SECRET_KEYS, ...PERSONAL_KEYS];
  const options = {
    level: settings.logLevel,
    base: { service: settings.service, version: settings.version },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: hidden.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[hidden]" },
    mixin: () => {
      const value = correlation();
      return value === undefined ? {} : { correlationId: value.correlationId, traceId: value.traceparent.slice(3, 35) };
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
