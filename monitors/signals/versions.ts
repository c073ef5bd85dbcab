import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { isOnKit } from "../programs.ts";
import { series, type Matchers } from "../promql/selector.ts";
import type { Signal } from "../signal.ts";

/** One series for every replica, with its version: the kit's own, or for programs of others the scrape, which takes it from the pod. */
export function versionSeries(where: Matchers, programs: readonly WorkloadPlan[]): string {
  return programs.filter(({ metrics }) => metrics !== null).every(isOnKit)
    ? series("buildInfo", where)
    : series("up", where, 'job="services"');
}

/** Replicas of each version of these programs. */
export function versions(programs: readonly WorkloadPlan[]): Signal {
  return {
    title: "Running version",
    unit: "short",
    meaning: "Replicas of each version: a rollout is seen as one line rising and one falling.",
    expr: ({ where }) => `count by (service, version) (${versionSeries(where, programs)})`,
  };
}
