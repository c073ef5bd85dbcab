import { databaseName, migratorOf } from "../names.ts";
import type { System } from "../system.ts";
import type { Keeps, StoreKind, Use } from "../words/store.ts";
import { databaseOf, storeTopic, SQL_KINDS, type UsePlan } from "./uses.ts";
import type { WorkloadPlan } from "./workload.ts";

/** One user of a store. Passwords are made by the platform. */
export interface StoreUserPlan {
  readonly service: string;
  readonly user: string;
  readonly may: Use["may"];
}

/** A store that is made with the system. */
export interface StorePlan {
  /** As the description names it. */
  readonly name: string;
  readonly kind: StoreKind;
  readonly keeps: Keeps;
  /** Name inside its server: of a database, or of a topic. */
  readonly database: string;
  readonly users: readonly StoreUserPlan[];
  /** Who changes tables before a rollout: only migration Jobs have its password. Null where no migration does. */
  readonly migrator: string | null;
  /** Connections that all users may open together at most: pool × (largest number of replicas + surge). */
  readonly maxConnections: number;
  readonly extensions: readonly string[];
}

/** A store that is there already. */
export interface ExistingStorePlan {
  readonly name: string;
  readonly kind: string;
  /** Name of the stack setting with its address. */
  readonly setting: string;
  readonly database: string;
  readonly user: string | null;
  /** Secret with the password. */
  readonly password: string | null;
  readonly services: readonly string[];
}

/** Every store that is made with the system. */
export function planStores(system: System, workloads: readonly WorkloadPlan[]): StorePlan[] {
  return Object.entries(system.stores ?? {}).flatMap(([name, store]) => {
    if ("existing" in store) return [];
    const users = workloads.filter(({ uses }) => uses.some((use) => use.store === name));
    const database = store.kind === "topic" ? storeTopic(system.name, name, store) : databaseOf(name, store);
    const migrated = users.some(({ migration, uses }) => migration !== null && needsMigrator(uses, name));
    return [
      {
        name,
        kind: store.kind,
        keeps: store.keeps,
        database,
        users: users.flatMap(({ name: service, uses }) =>
          uses.filter((use) => use.store === name).map(({ may }) => ({ service, user: databaseName(service), may })),
        ),
        migrator: migrated && SQL_KINDS.includes(store.kind) ? migratorOf(database) : null,
        maxConnections: users.reduce((sum, user) => sum + connectionsOf(user, name), 0),
        extensions: store.extensions ?? [],
      },
    ];
  });
}

/** Who may change tables by itself needs nobody to do it before. */
function needsMigrator(uses: readonly UsePlan[], store: string): boolean {
  return uses.some((use) => use.store === store && use.may !== "change");
}

function connectionsOf({ uses, scale, rollout }: WorkloadPlan, store: string): number {
  const pool = uses.find((use) => use.store === store)?.pool ?? 0;
  return pool * (scale.max + rollout.maxSurge);
}

/** Every store that is there already and only reached. */
export function planExistingStores(system: System, workloads: readonly WorkloadPlan[]): ExistingStorePlan[] {
  return Object.entries(system.stores ?? {}).flatMap(([name, store]) => {
    if (!("existing" in store)) return [];
    const { kind, existing: setting, user = null, password = null } = store;
    const services = workloads
      .filter(({ uses }) => uses.some((use) => use.store === name))
      .map((workload) => workload.name);
    return [{ name, kind, setting, database: databaseOf(name, store), user, password, services }];
  });
}

/** Stores that one MariaDB server holds. */
export function mariaDbStores({ stores }: { readonly stores: readonly StorePlan[] }): StorePlan[] {
  return stores.filter(({ kind }) => kind === "mariadb" || kind === "mysql");
}

/** Stores that one PostgreSQL server holds. */
export function postgresStores({ stores }: { readonly stores: readonly StorePlan[] }): StorePlan[] {
  return stores.filter(({ kind }) => kind === "postgres");
}

/** Stores that are a server each. */
export function redisStores({ stores }: { readonly stores: readonly StorePlan[] }): StorePlan[] {
  return stores.filter(({ kind }) => kind === "redis");
}

/** The servers that a system's stores need, by the names that their pods have; topics are in the brokers. */
export function storeServers(stores: readonly StorePlan[]): string[] {
  const names = stores.map(({ kind, name }) => (kind === "redis" ? name : kind === "mysql" ? "mariadb" : kind));
  return [...new Set(names)].filter((name) => name !== "topic");
}

/** Services that use some of these stores, each once. */
export function usersOf(stores: readonly StorePlan[]): string[] {
  return [...new Set(stores.flatMap(({ users }) => users.map(({ service }) => service)))];
}
