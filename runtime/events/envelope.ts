import { randomUUID } from "node:crypto";
import type { Static, TObject } from "typebox";
import { Value } from "typebox/value";
import type { IncomingRecord } from "./broker.ts";

/** Payload schemas by event name. */
export type Catalogue = Readonly<Record<string, TObject>>;

/** An event as handlers see it; `key` is the value of the system's correlation key. */
export interface Event<Data = unknown> {
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: string;
  readonly key: string;
  readonly data: Data;
}

export type EventOf<Events extends Catalogue, Name extends keyof Events> = Event<Static<Events[Name]>>;

export interface Codec {
  /** A new event as text; throws where the data does not fit its schema, which is a fault of ours. */
  encode(eventType: string, data: Readonly<Record<string, unknown>>): { event: Event; value: string };
  /** The event of a record, or why it is none. An event that is not in the catalogue is `unknown`, not an error: producers may be newer. */
  decode(
    record: IncomingRecord,
  ): { kind: "event"; event: Event } | { kind: "unknown" } | { kind: "invalid"; reason: string };
}

const VERSION = 1;

/** Turns events into records' text and back; `keyName` is the correlation key, such as orderId. */
export function createCodec(events: Catalogue, keyName: string): Codec {
  return {
    encode(eventType, data) {
      const reason = mismatch(events[eventType], data);
      if (reason !== undefined) throw new Error(`event ${eventType} does not fit its schema: ${reason}`);
      const event = {
        eventId: randomUUID(),
        eventType,
        occurredAt: new Date().toISOString(),
        key: String(data[keyName]),
        data,
      };
      const { key, ...rest } = event;
      return { event, value: JSON.stringify({ ...rest, version: VERSION, [keyName]: key }) };
    },
    decode(record) {
      const wire = parse(record.value);
      if (wire === undefined) return { kind: "invalid", reason: "the value is no JSON object" };
      const { eventId, eventType, occurredAt, version, data, [keyName]: key } = wire;
      if (typeof eventType !== "string" || typeof eventId !== "string" || eventId.length > 36)
        return { kind: "invalid", reason: "eventType or eventId is missing" };
      const schema = events[eventType];
      if (schema === undefined) return { kind: "unknown" };
      if (version !== VERSION) return { kind: "invalid", reason: `version ${String(version)} is not understood` };
      if (typeof key !== "string" || key !== record.key)
        return { kind: "invalid", reason: `${keyName} is not the record's key` };
      if (typeof occurredAt !== "string" || Number.isNaN(Date.parse(occurredAt)))
        return { kind: "invalid", reason: "occurredAt is no time" };
      const reason = mismatch(schema, data);
      return reason === undefined
        ? { kind: "event", event: { eventId, eventType, occurredAt, key, data } }
        : { kind: "invalid", reason };
    },
  };
}

function mismatch(schema: TObject | undefined, data: unknown): string | undefined {
  if (schema === undefined) return "it is not in the catalogue";
  if (Value.Check(schema, data)) return undefined;
  const [first] = Value.Errors(schema, data);
  return first === undefined ? "unknown" : `${first.instancePath || "data"} ${first.message}`;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
