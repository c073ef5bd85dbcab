import type { SystemPlan } from "../../../model/plan.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import type { AwsSettings } from "../account/settings.ts";
import { type Engine, ENGINES } from "./engine.ts";

/** One database server: who has a database on it, and when it may restart. */
export interface ServerPlan {
  readonly identifier: string;
  readonly engine: Engine;
  readonly stores: readonly string[];
  readonly maintenanceWindow: string;
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
/** Hours of the night, UTC, in which a server may restart; between one and two all of them are backed up. */
const HOURS = [3, 4, 5, 2] as const;
/** Hours of a week that servers may restart in. */
export const WINDOWS = DAYS.length * HOURS.length;

/** The servers of each system of a stage. No two restart in the same hour, as long as there are no more than 28. */
export function databaseServers(
  plans: readonly SystemPlan[],
  settings: Pick<AwsSettings, "database">,
): ReadonlyMap<string, readonly ServerPlan[]> {
  let count = 0;
  const servers = ENGINES.flatMap((engine) =>
    plans.flatMap((plan) =>
      serversOf(plan, engine, settings).map(([identifier, stores]) => ({
        system: plan.name,
        server: { identifier, engine, stores, maintenanceWindow: windowAt(count++) },
      })),
    ),
  );
  return new Map(
    plans.map(({ name }) => [name, servers.filter(({ system }) => system === name).map(({ server }) => server)]),
  );
}

/** One server of an engine for a system, or one for each database. */
function serversOf(
  plan: SystemPlan,
  engine: Engine,
  { database }: Pick<AwsSettings, "database">,
): [identifier: string, stores: string[]][] {
  const stores = engine.stores(plan);
  const name = `${plan.name}${engine.ending}`;
  if (database.per === "service")
    return stores.map((store) => [
      fittingName(`${name}-${store.database.replaceAll("_", "-")}`, MOST.server),
      [store.name],
    ]);
  return stores.length === 0 ? [] : [[fittingName(name, MOST.server), stores.map((store) => store.name)]];
}

/** The hour of the night, UTC, in which the n-th server may restart. */
export function windowAt(index: number): string {
  const day = DAYS[index % DAYS.length] ?? DAYS[0];
  const hour = HOURS[Math.floor(index / DAYS.length) % HOURS.length] ?? HOURS[0];
  return `${day}:0${hour}:00-${day}:0${hour + 1}:00`;
}
