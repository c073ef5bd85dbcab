import type { SystemPlan } from "../../../model/plan.ts";
import { mariaDbStores } from "../../../model/plan/stores.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import type { AwsSettings } from "../account/settings.ts";

/** One database server: who has a database on it, and when it may restart. */
export interface ServerPlan {
  readonly identifier: string;
  readonly stores: readonly string[];
  readonly maintenanceWindow: string;
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
/** Hours of the night, UTC, in which a server may restart; between one and two all of them are backed up. */
const HOURS = [3, 4, 5, 2] as const;

/** The servers of each system of a stage. No two restart in the same hour, as long as there are no more than 28. */
export function databaseServers(
  plans: readonly SystemPlan[],
  settings: Pick<AwsSettings, "database">,
): ReadonlyMap<string, readonly ServerPlan[]> {
  let count = 0;
  return new Map(
    plans.map((plan) => [
      plan.name,
      serversOf(plan, settings).map(([identifier, stores]) => ({
        identifier,
        stores,
        maintenanceWindow: windowAt(count++),
      })),
    ]),
  );
}

/** One server for a system, or one for each database. */
function serversOf(
  plan: SystemPlan,
  { database }: Pick<AwsSettings, "database">,
): [identifier: string, stores: string[]][] {
  const stores = mariaDbStores(plan);
  if (database.per === "service")
    return stores.map((store) => [
      fittingName(`${plan.name}-${store.database.replaceAll("_", "-")}`, MOST.server),
      [store.name],
    ]);
  return stores.length === 0 ? [] : [[fittingName(plan.name, MOST.server), stores.map(({ name }) => name)]];
}

function windowAt(index: number): string {
  const day = DAYS[index % DAYS.length] ?? DAYS[0];
  const hour = HOURS[Math.floor(index / DAYS.length) % HOURS.length] ?? HOURS[0];
  return `${day}:0${hour}:00-${day}:0${hour + 1}:00`;
}
