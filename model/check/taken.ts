import { VERIFIER } from "../names.ts";
import type { System } from "../system.ts";
import type { AnyPart } from "../words/service.ts";
import type { StoreKind } from "../words/store.ts";
import { servicesOf } from "./place.ts";

/** A name that somebody in the running system has, and who. */
export interface Taken {
  readonly name: string;
  readonly by: string;
}

/** Names that only those have who use a store of that kind: users that its server has from the beginning. */
const USERS: Readonly<Record<StoreKind, readonly string[]>> = {
  mariadb: ["root", "mysql", "public", "none", "rdsadmin"],
  mysql: ["root", "mysql", "public", "none", "rdsadmin"],
  postgres: ["public", "none", "rdsadmin"],
  redis: ["default", "monitor"],
  topic: [],
};
/** What PostgreSQL and RDS keep for roles of their own: `pg-proxy` would log in as `pg_proxy`. */
const ROLES = /^(pg|rds)-/;

/**
 * Names of pods, Jobs and containers that the system brings with it. They are taken only where the system has them:
 * one that runs a broker or a database as a service of its own may call it `kafka` or `postgres`.
 */
export function takenNames(system: System): Taken[] {
  const { stores = {} } = system;
  const kinds = Object.values(stores).flatMap((store) => ("existing" in store ? [] : [store.kind]));
  const has = (...wanted: readonly StoreKind[]) => kinds.some((kind) => wanted.includes(kind));
  const topics = has("topic") || servicesOf(system).some(([, { publishes = [] }]) => publishes.length > 0);
  const when = (there: boolean, by: string, ...names: readonly string[]): Taken[] =>
    there ? names.map((name) => ({ name, by })) : [];
  return [
    { name: "self", by: "what a fact calls its own reader" },
    ...when(system.signIn !== undefined, "the program that its entry asks about the tokens of callers", VERIFIER.name),
    ...when(topics, "the brokers of this system's topics, and the Job that makes these", "kafka", "topics"),
    ...when(
      has("mariadb", "mysql"),
      "the server of its MariaDB stores, and the Job that makes these",
      "mariadb",
      "databases",
    ),
    ...when(
      has("postgres"),
      "the server of its PostgreSQL stores, and the Job that makes these",
      "postgres",
      "databases-postgres",
    ),
    ...when(kinds.length > 0, "the container that shows the figures of its stores", "exporter"),
  ];
}

/** Who has the name as a container of its own, which a store of that name is not. */
export function takenContainers({ stores = {} }: System): Taken[] {
  const redis = Object.values(stores).some((store) => !("existing" in store) && store.kind === "redis");
  return redis ? [{ name: "redis", by: "the server in the pods of its Redis stores" }] : [];
}

/** Which server has a user of that name already, that the service would log in as. */
export function takenUser(name: string, { uses = {} }: AnyPart, { stores = {} }: System): Taken | undefined {
  const used = Object.entries(stores).find(
    ([store, word]) =>
      uses[store] !== undefined &&
      !("existing" in word) &&
      (USERS[word.kind].includes(name) || (word.kind === "postgres" && ROLES.test(name))),
  );
  return used && { name, by: `a user that the server of the store "${used[0]}" has from the beginning` };
}
