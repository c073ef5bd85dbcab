import Type, { type TSchema } from "typebox";

/** Query of a list: zero-based page and its size. */
export const PageQuery = {
  page: Type.Optional(Type.String({ pattern: "^\\d{1,6}$" })),
  size: Type.Optional(Type.String({ pattern: "^\\d{1,3}$" })),
};

const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;

/** Answer schema of a list. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({ items: Type.Array(item), page: Type.Integer(), size: Type.Integer(), total: Type.Integer() });
}

/** Reads one page and the number of all items. */
export async function readPage<Item>(
  query: { page?: string; size?: string },
  read: (window: { limit: number; offset: number }) => Promise<Item[]>,
  count: () => Promise<{ total: number | string | bigint }>,
): Promise<{ items: Item[]; page: number; size: number; total: number }> {
  const page = Number(query.page ?? 0);
  const size = Math.min(Math.max(Number(query.size ?? DEFAULT_SIZE), 1), MAX_SIZE);
  const items = await read({ limit: size, offset: page * size });
  return { items, page, size, total: Number((await count()).total) };
}
