import { SQL_KINDS } from "../../plan/uses.ts";
import type { ExistingStore, Store } from "../../words/store.ts";

/** Kinds without tables, also where they are there already. */
const FLAT: readonly string[] = ["redis", "topic", "kafka", "amqp"];

/** True for a store whose tables, collections or indexes somebody has to change. */
export function holdsTables(store: Store | ExistingStore | undefined): boolean {
  if (store === undefined) return false;
  return "existing" in store ? !FLAT.includes(store.kind) : SQL_KINDS.includes(store.kind);
}
