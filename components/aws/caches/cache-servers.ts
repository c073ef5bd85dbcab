import type { SystemPlan } from "../../../model/plan.ts";
import { redisStores } from "../../../model/plan/stores.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import { WINDOWS, windowAt } from "../databases/database-servers.ts";

/** One cache: the store it is, and when it may restart. */
export interface CachePlan {
  readonly identifier: string;
  readonly store: string;
  readonly maintenanceWindow: string;
}

/** The caches of each system of a stage, one for each store. They begin at the other end of the nights than databases do. */
export function cacheServers(plans: readonly SystemPlan[]): ReadonlyMap<string, readonly CachePlan[]> {
  let count = 0;
  return new Map(
    plans.map((plan) => [
      plan.name,
      redisStores(plan).map(({ name }) => ({
        identifier: fittingName(`${plan.name}-${name}`, MOST.cache),
        store: name,
        maintenanceWindow: windowAt(WINDOWS - 1 - (count++ % WINDOWS)),
      })),
    ]),
  );
}
