import { databaseAlarms, diskAlarms } from "./alarm-table.ts";
import type { Alarms } from "./alarms.ts";
import type { Databases } from "../databases/databases.ts";
import type { AwsSettings } from "../account/settings.ts";
import { connectionsOf, DATABASE_MEMORY_GIB } from "../account/supported.ts";

/** Alarms of every server of a system, and what RDS itself reports about them. */
export function watchDatabases(
  name: string,
  databases: Databases,
  { settings, alarms }: { settings: AwsSettings; alarms: Alarms },
): void {
  const { instanceClass } = settings.database;
  const memory = DATABASE_MEMORY_GIB[instanceClass] ?? 0;
  for (const { identifier, engine, resourceId } of databases.servers) {
    const plans = databaseAlarms(memory, connectionsOf(instanceClass, engine.name), engine.name);
    const prefix = `slipway-${identifier}-database`;
    alarms.watch(prefix, plans, { DBInstanceIdentifier: identifier }, databases);
    alarms.watch(prefix, diskAlarms(), { DbiResourceId: resourceId }, databases);
  }
  alarms.follow(
    name,
    databases.servers.map((server) => server.name),
    databases,
  );
}
