import type { BrokerConnection, DatabaseConnection } from "./platform.ts";

/** The broker of what has one; asking any other's is a mistake of ours, not of a description. */
export function brokerOf(broker: BrokerConnection | null | undefined): BrokerConnection {
  if (!broker) throw new Error("nothing here publishes or consumes, so it has no broker");
  return broker;
}

/** The database of the service that owns it. */
export function databaseOf(databases: ReadonlyMap<string, DatabaseConnection>, owner: string): DatabaseConnection {
  const database = databases.get(owner);
  if (!database)
    throw new Error(
      `${owner} owns no database; the system has those of: ${[...databases.keys()].join(", ") || "nobody"}`,
    );
  return database;
}
