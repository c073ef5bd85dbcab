import { headerBytes, type RawRecord } from "./record.ts";

/** Characters of a record's key: as wide as the columns that keep it. */
export const KEY_CHARACTERS = 64;
/** Characters of an event's name: as wide as the columns that keep it. */
export const NAME_CHARACTERS = 64;
/** Bytes of an event that is published: half of what a broker takes in one batch, so that every event fits into one. */
export const PUBLISHED_BYTES = 512 * 1024;
/** Bytes of an event that is handled; brokers take not much more than this in one batch. */
const VALUE_BYTES = 1024 * 1024;
/** Bytes of all headers of a record that is handled. Tracing and correlation need a few hundred. */
const HEADER_BYTES = 32 * 1024;
/** Printable letters without spaces, so that no two ids are the same to a database. */
const EVENT_ID = /^[!-~]{1,36}$/;

/** Why a record is beyond what this service takes in, if it is. */
export function beyondBounds(raw: RawRecord): string | undefined {
  const value = raw.value?.length ?? 0;
  if (value > VALUE_BYTES) return `the value has ${value} bytes, at most ${VALUE_BYTES} are taken`;
  const headers = headerBytes(raw);
  if (headers > HEADER_BYTES) return `the headers have ${headers} bytes, at most ${HEADER_BYTES} are taken`;
  return undefined;
}

/** Whether a value may be the key of events: a text that is not empty, or a whole number, whose text is the key. */
export function isKey(value: unknown): value is string | number {
  return typeof value === "number"
    ? Number.isSafeInteger(value)
    : typeof value === "string" && value !== "" && value.length <= KEY_CHARACTERS;
}

export function isEventId(value: unknown): value is string {
  return typeof value === "string" && EVENT_ID.test(value);
}
