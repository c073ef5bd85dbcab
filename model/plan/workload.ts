import { DEFAULTS } from "../defaults.ts";
import { LABEL } from "../names.ts";
import { parseCores } from "../quantity.ts";
import { STAGE, type Stage } from "../stage.ts";
import type { System } from "../system.ts";
import type { Tier } from "../words/promise.ts";
import type { AnyPart, Right } from "../words/service.ts";
import type { File, Value } from "../words/value.ts";
import { type AnswerPlan, planAnswers } from "./edges/answers.ts";
import { type CallPlan, ownCallSettings, planCalls } from "./edges/calls.ts";
import { type ContractPlan, planContracts } from "./edges/contracts.ts";
import { type JobPlan, planJob } from "./program/job.ts";
import { kitVariables } from "./program/kit.ts";
import { type MeasuredPlan, type MetricsPlan, planMeasured, planMetrics } from "./program/measured.ts";
import { type MeasurePlan, planMeasures } from "./program/measures.ts";
import { planTopicUse, type TopicUse } from "./messaging.ts";
import { type MigrationPlan, planMigration } from "./program/migration.ts";
import { type NetworkPlan, planNetwork } from "./edges/network.ts";
import { type OutsidePlan, planOutside } from "./edges/outside.ts";
import type { Variables } from "./program/pieces.ts";
import { presetSettings } from "./program/presets.ts";
import { planProbes, type ProbePlans } from "./program/probes.ts";
import { planRollout, type RolloutPlan } from "./program/rollout.ts";
import { parseRoute, routeText } from "./edges/route.ts";
import { planTimeouts } from "./edges/timeouts.ts";
import { planScale, type ScalePlan } from "./program/scale.ts";
import { isOnKit, planSource, planWritten, type SourcePlan } from "./program/source.ts";
import { isVerifier, VERIFIER_SOURCE } from "./verifier.ts";
import { databaseOf, planUses, SQL_KINDS, type UsePlan } from "./uses.ts";
import { traceVariables } from "./program/traces.ts";
import { planVariables, type Reader } from "./program/variables.ts";

/** A second program in the pod. */
export interface BesidePlan extends Variables {
  readonly name: string;
  readonly source: SourcePlan;
  readonly run: readonly string[] | null;
  readonly reason: string;
}

/** A file laid into the container. */
export interface FilePlan {
  readonly path: string;
  readonly content: File;
}

/** Everything about one part of a system that does not depend on where it runs. */
export interface WorkloadPlan extends Variables {
  readonly system: string;
  readonly name: string;
  readonly kind: "service" | "worker" | "job";
  readonly stage: Stage;
  readonly purpose: string;
  readonly tier: Tier;
  readonly owner: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly source: SourcePlan;
  /** Other program and arguments than the image's own; null for its own. */
  readonly run: readonly string[] | null;
  readonly answers: readonly AnswerPlan[];
  /** Where its figures are; null where it shows none. */
  readonly metrics: MetricsPlan | null;
  readonly measured: MeasuredPlan | null;
  readonly files: readonly FilePlan[];
  readonly calls: readonly CallPlan[];
  readonly outside: readonly OutsidePlan[];
  readonly publishes: readonly string[];
  readonly consumes: readonly string[];
  readonly contracts: ContractPlan;
  readonly topics: TopicUse;
  /** What it counts beside what every service counts. */
  readonly measures: readonly MeasurePlan[];
  readonly uses: readonly UsePlan[];
  /** Name of the database where its rows are, and with them outbox and inbox; null where it has none. */
  readonly database: string | null;
  readonly migration: MigrationPlan | null;
  readonly volume: { readonly size: string; readonly path: string; readonly keeps: string } | null;
  /** As people write them. */
  readonly routes: readonly string[];
  /** Null for jobs, and where nothing can tell its health. */
  readonly probes: ProbePlans | null;
  readonly resources: {
    readonly cpuRequest: string;
    readonly cpuLimit: string;
    readonly memory: string;
    readonly temp: string;
  };
  /** Folders that it writes to beside /tmp. */
  readonly writes: readonly string[];
  /** User id; null for the platform's own. */
  readonly user: number | null;
  readonly scale: ScalePlan;
  readonly job: JobPlan | null;
  readonly rollout: RolloutPlan;
  readonly beside: readonly BesidePlan[];
  readonly rights: readonly Right[];
  readonly sticky: string | null;
  readonly sendsTraces: boolean;
  readonly network: NetworkPlan;
}

/** Every part of the system, in the order of the description. */
export function planWorkloads(system: System, stage: Stage): WorkloadPlan[] {
  return Object.keys(system.services).map((name) => planWorkload(system, name, stage));
}

/** The part of that name; the description is checked before it is planned, so a miss is a fault in this program. */
export function serviceOf(system: System, name: string): AnyPart {
  const service = system.services[name];
  if (!service) throw new Error(`${system.name}: no service "${name}" to plan; call checkSystem before planSystem`);
  return service;
}

function planWorkload(system: System, name: string, stage: Stage): WorkloadPlan {
  const part = serviceOf(system, name);
  const reader = { system, name, part, stage };
  const calls = planCalls(system, name);
  const topics = planTopicUse(system, name, part);
  const uses = planUses(system, part.uses ?? {});
  const outside = planOutside(system, part, stage);
  const rollout = planRollout(part, stage, planTimeouts(system).waited(name));
  const owner = part.owner ?? system.owner;
  return {
    ...planProgram(part, stage),
    source: isVerifier(system, name) ? VERIFIER_SOURCE : planSource(name, part),
    ...variablesOf(reader, { calls, topics, uses, rollout }),
    system: system.name,
    name,
    stage,
    owner,
    labels: labelsOf(system, name, owner),
    calls,
    outside,
    contracts: planContracts(system, name),
    topics,
    uses,
    database: ownDatabase(system, uses),
    migration: planMigration(part, uses),
    rollout,
    beside: planBeside(reader),
    network: planNetwork(system, name, { calls, topics, outside }),
  };
}

/** What follows from the part's own words alone. */
function planProgram(part: AnyPart, stage: Stage) {
  return {
    kind: part.kind ?? "service",
    purpose: part.purpose,
    tier: part.tier,
    run: part.run ?? null,
    answers: planAnswers(part),
    metrics: planMetrics(part),
    measured: planMeasured(part),
    files: Object.entries(part.files ?? {}).map(([path, content]) => ({ path, content })),
    publishes: part.publishes ?? [],
    consumes: part.consumes ?? [],
    measures: planMeasures(part),
    volume: part.folder ?? null,
    routes: (part.routes ?? []).map((route) => routeText(parseRoute(route))),
    probes: planProbes(part),
    resources: planResources(part, stage),
    writes: part.needs?.writes ?? [],
    user: part.needs?.user ?? null,
    scale: planScale(part, stage),
    job: planJob(part),
    rights: part.mayAlso ?? [],
    sticky: part.sticky ?? null,
    sendsTraces: (part.traces ?? "none") !== "none",
  };
}

/** What presets set, then what is derived, then what the description says: the later wins. */
function variablesOf(
  reader: Reader,
  { calls, topics, uses, rollout }: Pick<WorkloadPlan, "calls" | "topics" | "uses" | "rollout">,
): Variables {
  const { system, name, part, stage } = reader;
  const derived: Readonly<Record<string, Value>> = {
    ...presetSettings(part, rollout),
    ...ownCallSettings(part, calls),
  };
  const kit = () => {
    const store = uses.find(({ kind }) => SQL_KINDS.includes(kind));
    const database = ownDatabase(system, uses);
    return kitVariables({ system: system.name, name, stage, calls, topics, store, database, rollout });
  };
  return [
    ...(isOnKit(part) ? [kit()] : []),
    traceVariables(part, system.name, name),
    planVariables(reader, derived),
    planVariables(reader, part.reads ?? {}),
  ].reduce(overridden);
}

/** Both, where the second one wins, however it knows its value. */
function overridden(first: Variables, second: Variables): Variables {
  const kept = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(values).filter(
        ([variable]) => !Object.values(second).some((others: object) => Object.hasOwn(others, variable)),
      ),
    );
  return {
    settings: { ...kept(first.settings), ...second.settings },
    composed: { ...kept(first.composed), ...second.composed },
    ofPod: { ...kept(first.ofPod), ...second.ofPod },
  };
}

function ownDatabase(system: System, uses: readonly UsePlan[]): string | null {
  const use = uses.find(({ kind }) => SQL_KINDS.includes(kind));
  const store = use && system.stores?.[use.store];
  return use && store ? databaseOf(use.store, store) : null;
}

function planBeside(reader: Reader): BesidePlan[] {
  return Object.entries(reader.part.beside ?? {}).map(([name, { from, run = null, reason, reads = {} }]) => ({
    name,
    source: planWritten(from),
    run,
    reason,
    ...planVariables(reader, reads),
  }));
}

function labelsOf(system: System, name: string, owner: string): Record<string, string> {
  return {
    [LABEL.name]: name,
    [LABEL.system]: system.name,
    [LABEL.component]: "service",
    [LABEL.managedBy]: "slipway",
    [LABEL.owner]: owner,
  };
}

function planResources(part: AnyPart, stage: Stage): WorkloadPlan["resources"] {
  const { cpu, memory, foreignMemory, temp } = DEFAULTS.resources;
  const cpuLimit = part.needs?.cpu ?? cpu.value;
  const millicores = Math.round((parseCores(cpuLimit) ?? 0) * STAGE[stage].cpuRequestShare * 1000) || 1;
  const standard = isOnKit(part) ? memory.value : foreignMemory.value;
  return { cpuRequest: `${millicores}m`, cpuLimit, memory: part.needs?.memory ?? standard, temp: temp.value };
}
