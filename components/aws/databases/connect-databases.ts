import * as pulumi from "@pulumi/pulumi";
import { STORE_PORT } from "../../../model/names.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import type { DatabaseConnection, Peer } from "../../platform.ts";
import type { Server } from "./database-server.ts";

interface Parts {
  readonly peers: readonly Peer[];
  /** What must have run before anybody connects. */
  readonly ready: readonly pulumi.Resource[];
  /** By user. */
  readonly passwords: ReadonlyMap<string, pulumi.Output<string>>;
}

/** How each owner of a database on one server reaches it. */
export function connectDatabases(
  { databases }: SystemPlan,
  server: Server,
  { peers, ready, passwords }: Parts,
): [owner: string, connection: DatabaseConnection][] {
  const login = (user: string) => ({ user, password: passwords.get(user) ?? pulumi.secret("") });
  return databases
    .filter(({ owner }) => server.owners.includes(owner))
    .map(({ owner, name, user, migrator }) => [
      owner,
      {
        host: server.host,
        port: STORE_PORT.mariadb,
        name,
        tls: "required",
        peers,
        ready,
        app: login(user),
        migrator: login(migrator),
      },
    ]);
}
