import type { Output, Resource } from "@pulumi/pulumi";
import type { StorePlan } from "../model/plan/stores.ts";
import { loginOf } from "./connections.ts";
import type { Login, Peer, StoreConnection } from "./platform.ts";

/** Where a database server is and what must have run before anybody connects. */
export interface SqlServer {
  readonly host: StoreConnection["host"];
  readonly port: number;
  readonly tls: StoreConnection["tls"];
  readonly peers: readonly Peer[];
  readonly ready: readonly Resource[];
  /** By user. */
  readonly passwords: ReadonlyMap<string, Output<string>>;
}

/** Every user of some databases, once: the services' own, and those that change tables for them. */
export function sqlUsers(stores: readonly StorePlan[]): string[] {
  const users = stores.flatMap(({ users: own, migrator }) => [
    ...own.map(({ user }) => user),
    ...(migrator === null ? [] : [migrator]),
  ]);
  return [...new Set(users)];
}

/** How its users reach one database of a server. */
export function connectSqlStore(
  { name: store, kind, database, users, migrator }: StorePlan,
  { passwords, ...server }: SqlServer,
): StoreConnection {
  const login = (user: string): Login => ({ user, password: found(passwords, user) });
  const logins = new Map(users.map(({ service, user }) => [service, login(user)]));
  return {
    ...server,
    kind,
    name: database,
    login: (service) => loginOf(logins, service, store),
    migrator: migrator === null ? null : login(migrator),
  };
}

function found(passwords: ReadonlyMap<string, Output<string>>, user: string): Output<string> {
  const password = passwords.get(user);
  if (!password) throw new Error(`no password was made for "${user}"`);
  return password;
}
