import type { CallPlan } from "../../model/plan/edges/calls.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import type { Ground } from "../ground.ts";

/** Services that users reach by what the load reads, the most important first. */
export function publicServices({ plan, traffic }: Pick<Ground, "plan" | "traffic">): WorkloadPlan[] {
  const routes = plan.entry?.routes ?? [];
  const names = new Set(
    traffic.reads.flatMap((path) => routes.find((route) => path.startsWith(route.path))?.service ?? []),
  );
  return plan.workloads.filter(({ name }) => names.has(name)).toSorted((a, b) => b.scale.min - a.scale.min);
}

/** A service that users reach and that always has more than one replica. */
export function replicatedService(ground: Pick<Ground, "plan" | "traffic">): WorkloadPlan | undefined {
  return publicServices(ground).find(({ scale }) => scale.min > 1);
}

/** A call that the write of the load makes, by a service that keeps the edge's time-out and breaker. */
export function keptCall({ plan, traffic }: Pick<Ground, "plan" | "traffic">): CallPlan | undefined {
  const route = plan.entry?.routes.find(({ path }) => traffic.write?.path.startsWith(path));
  return plan.workloads.find(({ name }) => name === route?.service)?.calls.find(({ keptBy }) => keptBy !== "nobody");
}

/** Why nothing can be asked of a system. */
export function unreachable({ plan, traffic }: Pick<Ground, "plan" | "traffic">): string | null {
  if (plan.entry === null) return `${plan.name} has no public entry`;
  return traffic.reads.length === 0
    ? `nothing says what users read: write systems/${plan.name}/traffic.ts, or give a GET route without a parameter`
    : null;
}
