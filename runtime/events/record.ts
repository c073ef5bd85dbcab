import { isUtf8 } from "node:buffer";

/** The bytes of a record; null where it has none. Headers keep their order, and a name may stand twice. */
export interface RawRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [name: Buffer, value: Buffer | null])[];
}

/** A record that waits to be published. */
export interface OutgoingRecord extends RawRecord {
  readonly topic: string;
}

/** Where a record was read. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** A record that was read: as text for those who understand it, and as it is for those who hand it on. */
export interface IncomingRecord extends Place {
  readonly key: string;
  readonly value: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Whether key and value are what their bytes say: other bytes than UTF-8 have no text. */
  readonly isText: boolean;
  readonly raw: RawRecord;
}

/** A record of text, as events are. */
export function textRecord(
  topic: string,
  text: { readonly key: string; readonly value: string; readonly headers: Readonly<Record<string, string>> },
): OutgoingRecord {
  const headers = Object.entries(text.headers).map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const);
  return { topic, key: Buffer.from(text.key), value: Buffer.from(text.value), headers };
}

/** A record as it was read at a place. */
export function incomingRecord(
  { topic, partition, offset }: Place,
  { key, value, headers }: RawRecord,
): IncomingRecord {
  return {
    topic,
    partition,
    offset,
    key: key?.toString() ?? "",
    value: value?.toString() ?? "",
    headers: new Map(headers.map(([name, content]) => [name.toString(), content?.toString() ?? ""])),
    isText: isUtf8(key ?? Buffer.of()) && isUtf8(value ?? Buffer.of()),
    raw: { key, value, headers },
  };
}

/** Bytes of all headers together. */
export function headerBytes({ headers }: RawRecord): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + (value?.length ?? 0), 0);
}
