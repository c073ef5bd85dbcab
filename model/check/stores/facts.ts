import type { ExistingStore, Store, StoreKind } from "../../words/store.ts";
import type { Fact } from "../../words/value.ts";

const ADDRESS: readonly Fact[] = ["host", "port", "address", "url"];
const LOGIN: readonly Fact[] = ["user", "password", "dsn"];
const TOPIC: readonly Fact[] = ["brokers", "topic", "group"];
const SQL: readonly Fact[] = [...ADDRESS, "name", ...LOGIN, "jdbc"];

const MADE: Readonly<Record<StoreKind, readonly Fact[]>> = {
  postgres: SQL,
  mariadb: SQL,
  mysql: SQL,
  redis: [...ADDRESS, ...LOGIN],
  topic: TOPIC,
};

/** What a store can tell its users, by its kind; of one that is there already also by what is known of it. */
export function factsOfStore(store: Store | ExistingStore): readonly Fact[] {
  if (!("existing" in store)) return MADE[store.kind];
  const { user, password } = store;
  return [
    ...ADDRESS,
    "name",
    "jdbc",
    ...(user === undefined ? [] : (["user"] as const)),
    ...(password === undefined ? [] : (["password"] as const)),
    ...(user === undefined || password === undefined ? [] : (["dsn"] as const)),
  ];
}
