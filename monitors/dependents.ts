import { mariaDbStores, postgresStores, type StorePlan, usersOf } from "../model/plan/stores.ts";
import type { SystemPlan } from "../model/plan.ts";
import type { ObjectiveKind } from "./objective.ts";

/** Services that call this one, directly or through others. */
export function dependentsOf(plan: SystemPlan, service: string): string[] {
  const found = new Set<string>();
  const visit = (callee: string): void => {
    for (const { name, calls } of plan.workloads) {
      if (found.has(name) || !calls.some((call) => call.callee === callee)) continue;
      found.add(name);
      visit(name);
    }
  };
  visit(service);
  found.delete(service);
  return [...found].toSorted();
}

/** Who keeps something in MariaDB, and who calls those: all of them fail with it. */
export function databaseUsers(plan: SystemPlan): string[] {
  return usersWithCallers(plan, mariaDbStores(plan));
}

/** The same of some stores. */
export function usersWithCallers(plan: SystemPlan, stores: readonly StorePlan[]): string[] {
  const keepers = usersOf(stores);
  return [...new Set([...keepers, ...keepers.flatMap((keeper) => dependentsOf(plan, keeper))])];
}

/** The services and stores whose end explains that this one breaks its promise. */
export function causesOf(plan: SystemPlan, service: string, kind: ObjectiveKind): string[] {
  const callees = plan.workloads.map(({ name }) => name).filter((name) => dependentsOf(plan, name).includes(service));
  return [
    service,
    ...callees,
    ...(databaseUsers(plan).includes(service) ? ["mariadb"] : []),
    ...(usersWithCallers(plan, postgresStores(plan)).includes(service) ? ["postgres"] : []),
    ...(kind === "freshness" ? ["kafka"] : []),
  ];
}
