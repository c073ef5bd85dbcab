import type { BrokerConnection, Login, StoreConnection } from "./platform.ts";

/** The broker of what has one; asking any other's is a mistake of ours, not of a description. */
export function brokerOf(broker: BrokerConnection | null | undefined): BrokerConnection {
  if (!broker) throw new Error("nothing here publishes or consumes, so it has no broker");
  return broker;
}

/** A store by its name in the description. */
export function storeOf(stores: ReadonlyMap<string, StoreConnection>, name: string): StoreConnection {
  const store = stores.get(name);
  if (!store) throw new Error(`no store "${name}"; the system has: ${[...stores.keys()].join(", ") || "none"}`);
  return store;
}

/** What one service logs in with, among those that use a store. */
export function loginOf(logins: ReadonlyMap<string, Login>, service: string, store: string): Login {
  const login = logins.get(service);
  if (!login) throw new Error(`"${service}" does not use the store "${store}"; ${[...logins.keys()].join(", ")} do`);
  return login;
}
