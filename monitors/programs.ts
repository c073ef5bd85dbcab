import type { SystemPlan } from "../model/plan.ts";
import type { CallPlan } from "../model/plan/edges/calls.ts";
import type { WorkloadPlan } from "../model/plan/workload.ts";

type Programs = readonly WorkloadPlan[];

/** Programs that run all the time, and so have a Deployment. */
export function running({ workloads }: SystemPlan): Programs {
  return workloads.filter(({ job }) => job === null);
}

/** Programs that end and begin again. */
export function jobs({ workloads }: SystemPlan): Programs {
  return workloads.filter(({ job }) => job !== null);
}

/** Programs whose figures Prometheus reads. */
export function scraped(plan: SystemPlan): Programs {
  return running(plan).filter(({ metrics }) => metrics !== null);
}

/** Programs that show nothing: whether they are there, only Kubernetes knows. */
export function unscraped(plan: SystemPlan): Programs {
  return running(plan).filter(({ metrics }) => metrics === null);
}

/** Programs on the project's own kit, which all show the same figures. */
export function onKit(plan: SystemPlan): Programs {
  return running(plan).filter(isOnKit);
}

/** Programs whose number of replicas an autoscaler decides. */
export function autoscaled(plan: SystemPlan): Programs {
  return running(plan).filter(({ scale }) => scale.max > 1);
}

/** Programs on the kit that keep rows in a database: their pools are counted. */
export function pooled(plan: SystemPlan): Programs {
  return onKit(plan).filter(({ database }) => database !== null);
}

/** Calls whose time-out, breaker and bulkhead the kit keeps, and counts. */
export function keptCalls(workload: WorkloadPlan): readonly CallPlan[] {
  return isOnKit(workload) ? workload.calls.filter(({ keptBy }) => keptBy === "kit") : [];
}

/** True for a program that shows the kit's figures. */
export function isOnKit({ source, job }: WorkloadPlan): boolean {
  return ["kit", "shipped"].includes(source.kind) && job === null;
}

/** A matcher of the services of these programs. */
export function named(programs: Programs): string {
  return `service=~"${programs.map(({ name }) => name).join("|")}"`;
}
