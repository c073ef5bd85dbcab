import { parseBytes } from "../../../model/quantity.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { databaseAlarms } from "./alarm-table.ts";
import type { Alarms } from "./alarms.ts";
import type { Databases } from "../databases/databases.ts";
import type { AwsSettings } from "../account/settings.ts";
import { connectionsOf, DATABASE_MEMORY_GIB } from "../account/supported.ts";

/** Alarms of every server of a system, and what RDS itself reports about them. */
export function watchDatabases(
  name: string,
  databases: Databases,
  { plan, settings, alarms }: { plan: SystemPlan; settings: AwsSettings; alarms: Alarms },
): void {
  const { instanceClass } = settings.database;
  const gibibytes = (parseBytes(plan.numbers.database.storage) ?? 0) / 2 ** 30;
  const memory = DATABASE_MEMORY_GIB[instanceClass] ?? 0;
  for (const { identifier, engine } of databases.servers) {
    const plans = databaseAlarms(gibibytes, memory, connectionsOf(instanceClass, engine.name), engine.name);
    alarms.watch(`slipway-${identifier}-database`, plans, { DBInstanceIdentifier: identifier }, databases);
  }
  alarms.follow(
    name,
    databases.servers.map((server) => server.name),
    databases,
  );
}
