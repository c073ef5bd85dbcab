import type { Selectable } from "kysely";
import type { KitTables } from "../database/kit-tables.ts";
import { type IncomingRecord, incomingRecord, type RawRecord } from "./record.ts";

export type ParkedRow = Selectable<KitTables["parked"]>;

/** Headers as text that loses no byte: pairs of name and value, one character a byte. */
export function headersText({ headers }: RawRecord): string {
  return JSON.stringify(headers.map(([name, value]) => [name.toString("latin1"), value?.toString("latin1") ?? null]));
}

/** The record of a row, as it was read from its topic, and whether its headers could be read. Where not, their text stands in one header. */
export function parkedRecord(row: ParkedRow): { readonly record: IncomingRecord; readonly isWhole: boolean } {
  const headers = headersOf(row.headers);
  const place = { topic: row.topic, partition: row.sourcePartition, offset: BigInt(row.sourceOffset) };
  const raw = {
    key: Buffer.from(row.messageKey),
    value: Buffer.from(row.value),
    headers: headers ?? [[Buffer.from("parked-headers"), Buffer.from(row.headers)] as const],
  };
  return { record: incomingRecord(place, raw), isWhole: headers !== undefined };
}

function headersOf(text: string): RawRecord["headers"] | undefined {
  try {
    const stored: unknown = JSON.parse(text);
    if (Array.isArray(stored))
      return (stored as readonly [string, string | null][]).map(([name, value]) => [
        Buffer.from(name, "latin1"),
        value === null ? null : Buffer.from(value, "latin1"),
      ]);
    // Rows of the time before headers were kept to the byte.
    return Object.entries(stored as Record<string, string>).map(([name, value]) => [
      Buffer.from(name),
      Buffer.from(value),
    ]);
  } catch {
    return undefined;
  }
}
