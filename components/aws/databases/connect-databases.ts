import type { Output, Resource } from "@pulumi/pulumi";
import type { StorePlan } from "../../../model/plan/stores.ts";
import type { Peer, StoreConnection } from "../../platform.ts";
import { connectSqlStore } from "../../sql-stores.ts";
import type { Server } from "./database-server.ts";

interface Parts {
  readonly peers: readonly Peer[];
  /** What must have run before anybody connects. */
  readonly ready: readonly Resource[];
  /** By user. */
  readonly passwords: ReadonlyMap<string, Output<string>>;
}

/** How the users of each database on one server reach it. */
export function connectDatabases(
  stores: readonly StorePlan[],
  server: Server,
  parts: Parts,
): [name: string, connection: StoreConnection][] {
  const reached = { host: server.host, port: server.engine.port, tls: "required", ...parts } as const;
  return stores
    .filter(({ name }) => server.stores.includes(name))
    .map((store) => [store.name, connectSqlStore(store, reached)]);
}
