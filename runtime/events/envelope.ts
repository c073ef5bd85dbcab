import { randomUUID } from "node:crypto";
import type { Static, TObject } from "typebox";
import { Value } from "typebox/value";
import { shortened } from "../process/shortened.ts";
import { beyondBounds, isEventId, isKey, NAME_CHARACTERS, PUBLISHED_BYTES } from "./bounds.ts";
import type { IncomingRecord } from "./record.ts";

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

export type Decoded =
  | { readonly kind: "event"; readonly event: Event }
  | { readonly kind: "unknown" }
  | { readonly kind: "invalid"; readonly reason: string };

export interface Codec {
  /** A new event as text; throws where the data does not fit its schema, which is a fault of ours. */
  encode(eventType: string, data: Readonly<Record<string, unknown>>): { event: Event; value: string };
  /**
   * The event of a record, or why it is none. An event that is not in the catalogue is `unknown`, not an error: producers may be newer.
   * A record beyond the bounds is invalid, and so is an event that names another key than its record, in its data or beside it.
   */
  decode(record: IncomingRecord): Decoded;
}

const VERSION = 1;

/** Turns events into records' text and back; `keyName` is the correlation key, such as orderId. */
export function createCodec(events: Catalogue, keyName: string): Codec {
  const long = Object.keys(events).filter((name) => name.length > NAME_CHARACTERS);
  if (long.length > 0) throw new Error(`names of events are over ${NAME_CHARACTERS} characters: ${long.join(", ")}`);
  // Names come from foreign records: an object would also know "constructor".
  const schemas = new Map(Object.entries(events));
  return {
    encode: (eventType, data) => encode(schemas.get(eventType), keyName, eventType, data),
    decode: (record) => decode(schemas, keyName, record),
  };
}

function encode(
  schema: TObject | undefined,
  keyName: string,
  eventType: string,
  data: Readonly<Record<string, unknown>>,
): { event: Event; value: string } {
  const key = data[keyName];
  const reason = mismatch(schema, data) ?? (isKey(key) ? undefined : `${keyName} is no key`);
  if (reason !== undefined) throw new Error(`event ${eventType} does not fit its schema: ${reason}`);
  const event = { eventId: randomUUID(), eventType, occurredAt: new Date().toISOString(), key: String(key), data };
  const { key: text, ...rest } = event;
  const value = JSON.stringify({ ...rest, version: VERSION, [keyName]: text });
  const bytes = Buffer.byteLength(value);
  if (bytes > PUBLISHED_BYTES)
    throw new Error(`event ${eventType} has ${bytes} bytes, at most ${PUBLISHED_BYTES} can be published`);
  return { event, value };
}

function decode(schemas: ReadonlyMap<string, TObject>, keyName: string, record: IncomingRecord): Decoded {
  const invalid = (reason: string): Decoded => ({ kind: "invalid", reason });
  const beyond = beyondBounds(record.raw);
  if (beyond !== undefined) return invalid(beyond);
  if (!record.isText) return invalid("key or value is no UTF-8 text");
  const wire = parse(record.value);
  if (wire === undefined) return invalid("the value is no JSON object");
  const { eventId, eventType, occurredAt, version, data, [keyName]: key } = wire;
  if (typeof eventType !== "string" || !isEventId(eventId))
    return invalid("eventType or eventId is missing or no name");
  const schema = schemas.get(eventType);
  if (schema === undefined) return { kind: "unknown" };
  if (version !== VERSION) return invalid(`version ${shortened(String(version), 20)} is not understood`);
  if (!isKey(key) || key !== record.key) return invalid(`${keyName} is not the record's key`);
  if (typeof occurredAt !== "string" || Number.isNaN(Date.parse(occurredAt))) return invalid("occurredAt is no time");
  const reason = mismatch(schema, data);
  if (reason !== undefined) return invalid(reason);
  if (String((data as Record<string, unknown>)[keyName]) !== key)
    return invalid(`data names another ${keyName} than the record's key`);
  return { kind: "event", event: { eventId, eventType, occurredAt, key, data } };
}

function mismatch(schema: TObject | undefined, data: unknown): string | undefined {
  if (schema === undefined) return "it is not in the catalogue";
  if (Value.Check(schema, data)) return undefined;
  const [first] = Value.Errors(schema, data);
  return first === undefined ? "unknown" : shortened(`${first.instancePath || "data"} ${first.message}`);
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
