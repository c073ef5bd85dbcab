import { type Output, secret } from "@pulumi/pulumi";
import type { SystemPlan } from "../model/plan.ts";
import type { ExistingStorePlan } from "../model/plan/stores.ts";
import { EVERYWHERE } from "./manifests/peers.ts";
import type { Login, StoreConnection } from "./platform.ts";

/** Where an existing store is. */
export interface StoreAddress {
  readonly host: string;
  readonly port: number;
}

/** What only the stack knows of stores that are there already. */
export interface Existing {
  /** By the name of the setting. */
  readonly addressOf: (setting: string) => StoreAddress;
  readonly secret: (name: string) => Output<string>;
}

/** How the users of each existing store reach it. Nothing is made, so there is nothing to wait for and nobody who could change tables for them. */
export function existingStores(
  { existingStores: stores }: Pick<SystemPlan, "existingStores">,
  existing: Existing,
): [name: string, connection: StoreConnection][] {
  return stores.map((store) => [store.name, connectExisting(store, existing)]);
}

function connectExisting(
  { kind, setting, database, user, password }: ExistingStorePlan,
  existing: Existing,
): StoreConnection {
  const login: Login = {
    user: user ?? "",
    password: password === null ? secret("") : existing.secret(password),
  };
  return {
    kind,
    ...existing.addressOf(setting),
    name: database,
    tls: "off",
    login: () => login,
    migrator: null,
    peers: [EVERYWHERE],
    ready: [],
  };
}
