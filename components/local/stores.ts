import type { CustomResourceOptions } from "@pulumi/pulumi";
import { mariaDbStores, postgresStores, redisStores } from "../../model/plan/stores.ts";
import type { StoreConnection } from "../platform.ts";
import { runMariaDb } from "./mariadb.ts";
import { runPostgres } from "./postgres.ts";
import { runRedis } from "./redis.ts";
import type { Site } from "./site.ts";

/** What the stores of a system need on one machine: a server for each kind of database, and a Redis for each store of its kind. */
export function runStores(site: Site, opts: CustomResourceOptions): [name: string, connection: StoreConnection][] {
  const mariadb = mariaDbStores(site.plan);
  const postgres = postgresStores(site.plan);
  return [
    ...(mariadb.length > 0 ? runMariaDb(site, mariadb, opts) : []),
    ...(postgres.length > 0 ? runPostgres(site, postgres, opts) : []),
    ...redisStores(site.plan).map((store): [string, StoreConnection] => [store.name, runRedis(site, store, opts)]),
  ];
}
