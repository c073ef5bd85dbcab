import { type SelectQueryBuilder, sql, type SqlBool } from "kysely";
import Type, { type TSchema } from "typebox";
import { Refusal } from "./refusal.ts";

const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;
/** The time of an entry in milliseconds, and its id. */
const PLACE = /^(\d{1,14}):(.{1,64})$/s;

/** Query of a list, newest entries first: how many (1 to 100, 20 if not said), and behind which place, which is `next` of the page before. */
export const PageQuery = {
  size: Type.Optional(Type.String({ pattern: "^(100|[1-9][0-9]?)$" })),
  after: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{1,400}$" })),
};

/** Answer schema of a list; `next` is null on the last page. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item, { maxItems: MAX_SIZE }),
    next: Type.Union([Type.String(), Type.Null()]),
  });
}

/** The columns that a list is sorted by: a time, and an id that sets entries of the same time apart. An index must begin with the time. */
interface Order<Row> {
  readonly time: keyof Row & string;
  readonly id: keyof Row & string;
}

/**
 * Reads one page. It costs the same at any place of the list and however long that is: the database goes to the place by its index, and
 * nothing is counted.
 */
export async function readPage<DB, Table extends keyof DB, Row extends object>(
  query: { readonly size?: string; readonly after?: string },
  found: SelectQueryBuilder<DB, Table, Row>,
  { time, id }: Order<Row>,
): Promise<{ items: Row[]; next: string | null }> {
  const size = Number(query.size ?? DEFAULT_SIZE);
  const [timeColumn, idColumn] = [sql.ref(time), sql.ref(id)];
  const place = query.after === undefined ? undefined : placeOf(query.after);
  // The first condition alone is what the index understands.
  const behind =
    place && sql<SqlBool>`${timeColumn} <= ${place.at} AND (${timeColumn} < ${place.at} OR ${idColumn} < ${place.id})`;
  const rows = await (behind === undefined ? found : found.where(behind))
    .orderBy(timeColumn, "desc")
    .orderBy(idColumn, "desc")
    .limit(size + 1)
    .execute();
  const items = rows.slice(0, size) as Row[];
  const last = items.at(-1);
  const more = rows.length > size && last !== undefined;
  return { items, next: more ? token(last[time] as Date, String(last[id])) : null };
}

function token(at: Date, id: string): string {
  return Buffer.from(`${at.getTime()}:${id}`).toString("base64url");
}

function placeOf(after: string): { readonly at: Date; readonly id: string } {
  const [, at, id] = PLACE.exec(Buffer.from(after, "base64url").toString()) ?? [];
  if (at === undefined || id === undefined)
    throw new Refusal(
      400,
      "invalid_request",
      "querystring.after is no place of a list: wanted `next` of the page before.",
    );
  return { at: new Date(Number(at)), id };
}
