import { DEFAULTS } from "../defaults.ts";
import { databaseName, deadLetterName, groupName, HEALTH, LABEL, PORT, settingPrefix, topicName } from "../names.ts";
import { parseCores } from "../quantity.ts";
import { STAGE, type Stage } from "../stage.ts";
import type { Service, System, Tier } from "../system.ts";
import { planContracts, type ContractPlan } from "./contracts.ts";
import { callSettings, planCalls, type CallPlan } from "./calls.ts";
import { planMeasures, type MeasurePlan } from "./measures.ts";
import { producerOf } from "./messaging.ts";
import { planScale, type ScalePlan } from "./scale.ts";

/** One probe: its own path, so that starting, busy and dead are told apart. Times in seconds. */
export interface ProbePlan {
  readonly path: string;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
  readonly timeoutSeconds: number;
}

/** Who may open a connection to this workload, and where it may connect. */
export interface NetworkPlan {
  /** Services of the same system that call it. */
  readonly callers: readonly string[];
  /** Services of the same system that it calls. */
  readonly callees: readonly string[];
  /** Reached by the public entry. */
  readonly fromEntry: boolean;
  readonly toKafka: boolean;
  readonly toDatabase: boolean;
}

/** Everything about one microservice that does not depend on where it runs. */
export interface WorkloadPlan {
  readonly system: string;
  readonly name: string;
  readonly stage: Stage;
  readonly purpose: string;
  readonly tier: Tier;
  readonly owner: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Plain settings; addresses of stores are added by the platform's connection records. */
  readonly settings: Readonly<Record<string, string>>;
  readonly calls: readonly CallPlan[];
  readonly publishes: readonly string[];
  readonly consumes: readonly string[];
  readonly contracts: ContractPlan;
  /** Topics it writes and reads, and where it puts what it cannot process. */
  readonly topics: {
    readonly writes: readonly string[];
    readonly reads: readonly string[];
    readonly deadLetters: readonly string[];
  };
  /** What it counts beside what every service counts. */
  readonly measures: readonly MeasurePlan[];
  readonly database: string | null;
  readonly volume: { readonly size: string; readonly path: string } | null;
  readonly routes: readonly string[];
  readonly probes: { readonly startup: ProbePlan; readonly readiness: ProbePlan; readonly liveness: ProbePlan };
  readonly resources: {
    readonly cpuRequest: string;
    readonly cpuLimit: string;
    readonly memory: string;
    readonly temp: string;
  };
  readonly scale: ScalePlan;
  readonly rollout: {
    readonly maxSurge: number;
    readonly minReadySeconds: number;
    readonly preStopSeconds: number;
    readonly drainSeconds: number;
    readonly graceSeconds: number;
    readonly deadlineSeconds: number;
    readonly historyLimit: number;
  };
  readonly network: NetworkPlan;
}

/** Every microservice of the system, in the order of the description. */
export function planWorkloads(system: System, stage: Stage): WorkloadPlan[] {
  return Object.keys(system.services).map((name) => planWorkload(system, name, stage));
}

function planWorkload(system: System, name: string, stage: Stage): WorkloadPlan {
  const service = serviceOf(system, name);
  const calls = planCalls(system, name);
  const topics = planTopicUse(system, name, service);
  const database = service.owns?.database ? databaseName(name) : null;
  const volume = service.owns?.volume ?? null;
  const rollout = planRollout(stage);
  const workload = {
    system: system.name,
    name,
    stage,
    purpose: service.purpose,
    tier: service.tier,
    owner: system.owner,
    labels: labelsOf(system, name),
    calls,
    publishes: service.publishes ?? [],
    consumes: service.consumes ?? [],
    contracts: planContracts(system, name),
    topics,
    measures: planMeasures(service),
    database,
    volume,
    routes: service.routes ?? [],
    probes: planProbes(),
    resources: planResources(service, stage),
    scale: planScale(service, stage),
    rollout,
    network: planNetwork(system, name, calls, topics, database !== null),
  };
  return { ...workload, settings: settingsOf(workload) };
}

/** The service of that name; the description is checked before it is planned, so a miss is a fault in this program. */
export function serviceOf(system: System, name: string): Service {
  const service = system.services[name];
  if (!service) throw new Error(`${system.name}: no service "${name}" to plan; call checkSystem before planSystem`);
  return service;
}

function labelsOf(system: System, name: string): Record<string, string> {
  return {
    [LABEL.name]: name,
    [LABEL.system]: system.name,
    [LABEL.component]: "service",
    [LABEL.managedBy]: "slipway",
    [LABEL.owner]: system.owner,
  };
}

function planTopicUse(system: System, name: string, service: Service): WorkloadPlan["topics"] {
  const producers = new Set((service.consumes ?? []).map((event) => producerOf(system, event)));
  const reads = [...producers].map((producer) => topicName(system.name, producer)).toSorted();
  return {
    writes: service.publishes?.length ? [topicName(system.name, name)] : [],
    reads,
    deadLetters: reads.map((topic) => deadLetterName(topic, name)),
  };
}

function planProbes(): WorkloadPlan["probes"] {
  const { startup, readiness, liveness } = DEFAULTS.probe;
  return {
    startup: { path: HEALTH.startup, ...startup.value },
    readiness: { path: HEALTH.readiness, ...readiness.value },
    liveness: { path: HEALTH.liveness, ...liveness.value },
  };
}

function planResources(service: Service, stage: Stage): WorkloadPlan["resources"] {
  const { cpu, memory, temp } = DEFAULTS.resources;
  const cpuLimit = service.needs?.cpu ?? cpu.value;
  const millicores = Math.ceil((parseCores(cpuLimit) ?? 0) * STAGE[stage].cpuRequestShare * 1000);
  return { cpuRequest: `${millicores}m`, cpuLimit, memory: service.needs?.memory ?? memory.value, temp: temp.value };
}

function planRollout(stage: Stage): WorkloadPlan["rollout"] {
  const { maxSurge, minReadySeconds, preStopSeconds, drainSeconds, graceSeconds, historyLimit } = DEFAULTS.rollout;
  return {
    maxSurge: maxSurge.value,
    minReadySeconds: minReadySeconds.value,
    preStopSeconds: preStopSeconds.value,
    drainSeconds: drainSeconds.value,
    graceSeconds: graceSeconds.value,
    historyLimit: historyLimit.value,
    deadlineSeconds: STAGE[stage].rolloutSeconds,
  };
}

function planNetwork(
  system: System,
  name: string,
  calls: readonly CallPlan[],
  topics: WorkloadPlan["topics"],
  toDatabase: boolean,
): NetworkPlan {
  const callers = Object.keys(system.services).filter((other) => serviceOf(system, other).calls?.[name] !== undefined);
  return {
    callers,
    callees: calls.map((call) => call.callee),
    fromEntry: (serviceOf(system, name).routes ?? []).length > 0,
    toKafka: topics.writes.length + topics.reads.length > 0,
    toDatabase,
  };
}

function settingsOf(workload: Omit<WorkloadPlan, "settings">): Record<string, string> {
  const { system, name, stage, topics, calls, database, rollout } = workload;
  const numbers = STAGE[stage];
  return {
    SYSTEM: system,
    SERVICE: name,
    STAGE: stage,
    LOG_LEVEL: numbers.logLevel,
    PORT: String(PORT.http),
    METRICS_PORT: String(PORT.metrics),
    DRAIN_SECONDS: String(rollout.drainSeconds),
    FAULTS_ENABLED: String(numbers.faults),
    ...(topics.writes[0] ? { KAFKA_TOPIC: topics.writes[0] } : {}),
    ...(topics.reads.length > 0 ? { KAFKA_CONSUME: topics.reads.join(","), KAFKA_GROUP: groupName(system, name) } : {}),
    ...(database ? { DATABASE_NAME: database, DATABASE_POOL: String(DEFAULTS.database.pool.value) } : {}),
    ...Object.assign({}, ...calls.map((call) => callSettings(settingPrefix(call.callee), call))),
  };
}
