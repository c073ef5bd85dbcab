/** What was meant: the plan that a program's component registers as its input, read as plain data of whatever shape it has. */

import { TOKEN } from "../../model/names.ts";
import type { Graph } from "../resources/graph.ts";
import type { Workload } from "../resources/pods.ts";
import { plainObject, type Resource } from "../resources/resource.ts";
import { UnknownValue } from "../resources/unknown.ts";

export interface Call {
  readonly callee: string;
  readonly transactional: boolean;
  /** Who keeps time-out, breaker and bulkhead; the kit, where nobody says otherwise. */
  readonly keptBy: "kit" | "program" | "nobody";
  /** Why it may wait longer than others. */
  readonly slow: string | undefined;
  /** What a program that keeps them itself may be told of the call: address, time-out, most at once. */
  readonly told: readonly string[];
}
/** One program's use of one store. */
export interface Use {
  readonly store: string;
  readonly may: string;
  readonly shared: string | undefined;
}
/** When a program runs to its end; seconds. */
export interface Schedule {
  readonly cron: string | undefined;
  readonly endsWithin: number | undefined;
  readonly overlap: string | undefined;
  readonly freshWithin: number | undefined;
}

/** Components of programs: what runs all the time, and what runs at its times. */
export const PROGRAMS: readonly string[] = [TOKEN.microservice, TOKEN.scheduledJob];
export interface Intent {
  readonly resource: Resource;
  readonly system: string;
  readonly name: string;
  readonly calls: readonly Call[];
  readonly publishes: readonly string[];
  readonly consumes: readonly string[];
  readonly database: string | undefined;
  readonly routes: readonly string[];
  readonly uses: readonly Use[];
  /** True where the plan says that nothing changes tables before a rollout. */
  readonly migratesNothing: boolean;
  /** True where the plan says that it shows no figures. */
  readonly showsNothing: boolean;
  /** True where the plan says that nobody counts its requests. */
  readonly countedByNobody: boolean;
  /** Ports of third parties; undefined where the plan does not speak of any. */
  readonly outside: readonly number[] | undefined;
  /** Programs that stand in for its third parties where no real one is asked. */
  readonly standIns: readonly string[];
  /** True where it sends traces: who takes them is a setting of the stack. */
  readonly sendsTraces: boolean;
  /** Images that somebody else published, by the name of their container. */
  readonly published: readonly string[];
  readonly job: Schedule | undefined;
}

/** All programs whose intent is registered. */
export function intents(graph: Graph): readonly Intent[] {
  return graph.once("intents", () =>
    PROGRAMS.flatMap((kind) => graph.of<{ readonly plan?: unknown }>(kind))
      .filter(({ props }) => known(props))
      .map((resource) => intentOf(resource)),
  );
}

function known(props: { readonly plan?: unknown }): boolean {
  try {
    return props.plan !== undefined;
  } catch {
    return false; // known only after deployment
  }
}

/** What one component meant; missing parts are empty. An engine that keeps no inputs of components leaves nobody who knows what was meant. */
export function intentOf(resource: Resource<{ readonly plan?: unknown }>): Intent {
  if (resource.props.plan === undefined) throw new UnknownValue("the inputs of the component were not kept");
  const plan = plainObject<{
    system: unknown;
    name: unknown;
    calls: unknown;
    publishes: unknown;
    consumes: unknown;
    database: unknown;
    routes: unknown;
    uses: unknown;
    migration: unknown;
    metrics: unknown;
    measured: unknown;
    outside: unknown;
    sendsTraces: unknown;
    source: unknown;
    beside: unknown;
    job: unknown;
  }>(resource.props.plan);
  const name = text(plan.name) ?? resource.name;
  return {
    resource,
    system: text(plan.system) ?? "",
    name,
    calls: many(plan.calls).map(callOf),
    publishes: words(plan.publishes),
    consumes: words(plan.consumes),
    routes: words(plan.routes),
    database: text(plan.database) ?? undefined,
    uses: records(plan.uses).map(useOf),
    migratesNothing: plan.migration === null,
    showsNothing: plan.metrics === null,
    countedByNobody: plan.measured === null,
    ...thirdPartiesOf(plan.outside),
    sendsTraces: plan.sendsTraces === true,
    published: [{ name, source: plan.source }, ...records(plan.beside)].filter(isPublished).map(nameOf),
    job: scheduleOf(plan.job),
  };
}

function thirdPartiesOf(outside: unknown): Pick<Intent, "outside" | "standIns"> {
  const parties = records(outside);
  return {
    outside: Array.isArray(outside) ? parties.map(({ port }) => Number(port)) : undefined,
    standIns: parties.flatMap(({ answeredBy }) => text(answeredBy) ?? []),
  };
}

function callOf(call: string | Fields): Call {
  const fields = typeof call === "string" ? { callee: call } : call;
  const { callee, transactional, keptBy, slow, url, address, timeoutMs, maxConcurrent } = fields as Fields;
  return {
    callee: text(callee) ?? "",
    transactional: transactional === true,
    keptBy: keptBy === "program" || keptBy === "nobody" ? keptBy : "kit",
    slow: text(slow),
    told: [url, address, timeoutMs, maxConcurrent].filter((value) => value !== undefined).map(String),
  };
}

function useOf({ store, may, shared }: Fields): Use {
  return { store: text(store) ?? "", may: text(may) ?? "", shared: text(shared) };
}

function isPublished({ source }: Fields): boolean {
  return plainObject<{ kind: unknown }>(source).kind === "image";
}

const nameOf = ({ name }: Fields): string => text(name) ?? "";

function scheduleOf(job: unknown): Schedule | undefined {
  if (typeof job !== "object" || job === null) return undefined;
  const { cron, endsWithinSeconds, overlap, freshWithinSeconds } = job as Fields;
  const seconds = (value: unknown) => (typeof value === "number" ? value : undefined);
  return {
    cron: text(cron),
    endsWithin: seconds(endsWithinSeconds),
    overlap: text(overlap),
    freshWithin: seconds(freshWithinSeconds),
  };
}

const KINDS = ["Deployment", "StatefulSet", "CronJob"];

/** The workload that a component means: the Deployment, StatefulSet or CronJob of that name. */
export function workloadFor(graph: Graph, { name, system }: Intent): Workload | undefined {
  const byName = graph.once("workloads by service", () =>
    Map.groupBy(
      graph.workloads.filter(({ kind }) => KINDS.includes(kind)),
      (workload) => labelled(workload) ?? workload.name,
    ),
  );
  const found = byName.get(name) ?? [];
  return found.find(({ namespace }) => namespace === system) ?? found[0];
}

/** What was meant by a workload; undefined where no component says it. */
export function intentFor(graph: Graph, workload: Workload): Intent | undefined {
  const byWorkload = graph.once(
    "intents by workload",
    () => new Map(intents(graph).map((intent) => [workloadFor(graph, intent)?.resource, intent])),
  );
  return byWorkload.get(workload.resource);
}

function labelled({ metadata, resource }: Workload): string | undefined {
  try {
    return metadata.labels?.["app.kubernetes.io/name"] ?? resource.metadata.labels?.["app.kubernetes.io/name"];
  } catch {
    return undefined; // labels known only after deployment
  }
}

type Fields = Readonly<Record<string, unknown>>;

function many(value: unknown): readonly (string | Fields)[] {
  return Array.isArray(value) ? (value as (string | Fields)[]) : [];
}

function records(value: unknown): readonly Fields[] {
  return many(value).filter((one): one is Fields => typeof one === "object");
}

function words(value: unknown): readonly string[] {
  return many(value).flatMap((one) =>
    typeof one === "string" ? [one] : [text(one["name"]) ?? text(one["event"]) ?? ""],
  );
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
