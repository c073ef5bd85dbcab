import type { Declined, Objective, System } from "./system.ts";
import type { Stage, StageNumbers } from "./stage.ts";
import { STAGE } from "./stage.ts";
import { planEntry, type EntryPlan } from "./plan/entry.ts";
import { planEvents, planTopics, type EventPlan, type TopicPlan } from "./plan/messaging.ts";
import { planDatabases, type DatabasePlan } from "./plan/storage.ts";
import { planWorkloads, type WorkloadPlan } from "./plan/workload.ts";

/** What one service promises its users; null where the description declines, with the reason. */
export interface ObjectivePlan {
  readonly service: string;
  readonly objective: Objective | null;
  readonly declined: string | null;
}

/** A system with every decision taken: plain, readonly, serialisable, nothing optional, no secrets. */
export interface SystemPlan {
  readonly name: string;
  readonly stage: Stage;
  readonly purpose: string;
  readonly owner: string;
  readonly correlationKey: string;
  readonly workloads: readonly WorkloadPlan[];
  readonly messaging: { readonly topics: readonly TopicPlan[]; readonly events: readonly EventPlan[] };
  readonly databases: readonly DatabasePlan[];
  readonly entry: EntryPlan;
  readonly objectives: readonly ObjectivePlan[];
  readonly numbers: StageNumbers;
}

/** Takes every decision for one stage. The description must have passed `checkSystem`. */
export function planSystem(system: System, stage: Stage): SystemPlan {
  const workloads = planWorkloads(system, stage);
  return {
    name: system.name,
    stage,
    purpose: system.purpose,
    owner: system.owner,
    correlationKey: system.correlationKey,
    workloads,
    messaging: { topics: planTopics(system, stage), events: planEvents(system) },
    databases: planDatabases(workloads),
    entry: planEntry(system),
    objectives: Object.entries(system.services).map(([service, { slo }]) => planObjective(service, slo)),
    numbers: STAGE[stage],
  };
}

function planObjective(service: string, slo: Objective | Declined): ObjectivePlan {
  return "declined" in slo
    ? { service, objective: null, declined: slo.declined }
    : { service, objective: slo, declined: null };
}
