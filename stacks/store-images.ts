import type { SystemPlan } from "../model/plan.ts";

/** Images beside those of the services: what fills stores, and the stores themselves, as far as a system has any of their kind. */
export function storeImages(plans: readonly SystemPlan[]): string[] {
  const kinds = new Set(plans.flatMap(({ stores }) => stores.map(({ kind }) => kind)));
  return ["job", "kafka", "mariadb", ...(["postgres", "redis"] as const).filter((kind) => kinds.has(kind))];
}
