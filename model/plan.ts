import type { System } from "./system.ts";
import type { Objective, Share } from "./words/promise.ts";
import type { AnyPart } from "./words/service.ts";
import { withStandIns } from "./plan/stand-ins.ts";
import { withVerifier } from "./plan/verifier.ts";
import type { Stage, StageNumbers } from "./stage.ts";
import { STAGE } from "./stage.ts";
import { planEntry, type EntryPlan } from "./plan/edges/entry.ts";
import { planEvents, planTopics, type EventPlan, type TopicPlan } from "./plan/messaging.ts";
import { planMeasured, type MeasuredPlan } from "./plan/program/measured.ts";
import { type ExistingStorePlan, planExistingStores, planStores, type StorePlan } from "./plan/stores.ts";
import { planSecrets, type SecretPlan } from "./plan/secrets.ts";
import { planWeaknesses, type WeaknessPlan } from "./plan/weaknesses.ts";
import { planWorkloads, type WorkloadPlan } from "./plan/workload.ts";

/** What one service promises its users; null where the description declines, with the reason. */
export interface ObjectivePlan {
  readonly service: string;
  readonly objective: Objective | null;
  /** Of a worker, which answers nobody. */
  readonly freshness: Share | null;
  /** Who counts; null where there is nothing to count. */
  readonly measured: MeasuredPlan | null;
  readonly declined: string | null;
}

/** A system with every decision taken: plain, readonly, serialisable, nothing optional, no secrets. */
export interface SystemPlan {
  readonly name: string;
  readonly stage: Stage;
  readonly purpose: string;
  readonly owner: string;
  /** Null where there are no events. */
  readonly correlationKey: string | null;
  readonly workloads: readonly WorkloadPlan[];
  readonly messaging: { readonly topics: readonly TopicPlan[]; readonly events: readonly EventPlan[] };
  readonly stores: readonly StorePlan[];
  readonly existingStores: readonly ExistingStorePlan[];
  /** Null where nobody outside may ask, with the reason below. */
  readonly entry: EntryPlan | null;
  readonly entryDeclined: string | null;
  readonly objectives: readonly ObjectivePlan[];
  /** What weakens a promise, each with its reason. */
  readonly weaknesses: readonly WeaknessPlan[];
  readonly secrets: readonly SecretPlan[];
  readonly numbers: StageNumbers;
}

/** Takes every decision for one stage. The description must have passed `checkSystem`. */
export function planSystem(described: System, stage: Stage): SystemPlan {
  const system = withVerifier(withStandIns(described, stage));
  const workloads = planWorkloads(system, stage);
  return {
    name: system.name,
    stage,
    purpose: system.purpose,
    owner: system.owner,
    correlationKey: system.correlationKey ?? null,
    workloads,
    messaging: { topics: planTopics(system, stage), events: planEvents(system) },
    stores: planStores(system, workloads),
    existingStores: planExistingStores(system, workloads),
    entry: planEntry(system),
    entryDeclined: "declined" in system.entry ? system.entry.declined : null,
    objectives: Object.entries(system.services).flatMap(([service, part]) => planObjective(service, part)),
    weaknesses: planWeaknesses(system),
    secrets: planSecrets(system),
    numbers: STAGE[stage],
  };
}

/** A job promises nothing here: it says itself when its silence is trouble. */
function planObjective(service: string, part: AnyPart): ObjectivePlan[] {
  if (part.slo === undefined) return [];
  const promised = { service, objective: null, freshness: null, declined: null, measured: planMeasured(part) };
  if ("declined" in part.slo) return [{ ...promised, declined: part.slo.declined }];
  if ("availability" in part.slo) return [{ ...promised, objective: part.slo }];
  return [{ ...promised, freshness: part.slo.freshness }];
}
