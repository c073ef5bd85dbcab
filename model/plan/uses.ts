import { DEFAULTS } from "../defaults.ts";
import { databaseName, topicName } from "../names.ts";
import type { System } from "../system.ts";
import type { ExistingStore, Store, StoreKind, Use } from "../words/store.ts";

/** What one service has to do with one store. */
export interface UsePlan {
  readonly store: string;
  readonly kind: string;
  readonly may: Use["may"];
  readonly shared: string | null;
  /** Connections of one replica. */
  readonly pool: number;
}

/** Kinds of store that are databases in a server with users of their own. */
export const SQL_KINDS: readonly string[] = ["mariadb", "mysql", "postgres"] satisfies readonly StoreKind[];

/** The stores that one service uses, in the order of the description. */
export function planUses(system: System, uses: { readonly [store in string]?: Use }): UsePlan[] {
  return Object.entries(uses).flatMap(([store, use]) => {
    const written = system.stores?.[store];
    if (!use || !written) return [];
    const { may, shared = null, pool = DEFAULTS.database.pool.value } = use;
    return [{ store, kind: written.kind, may, shared, pool }];
  });
}

/** The name of a topic that is a store: its own word where programs know it by a fixed name, otherwise as the system's other topics. */
export function storeTopic(system: string, name: string, { database }: Pick<Store, "database">): string {
  return database ?? topicName(system, name);
}

/** The database of a store, by its own name where the description gives none. */
export function databaseOf(name: string, { database }: Pick<Store | ExistingStore, "database">): string {
  return database ?? databaseName(name);
}
