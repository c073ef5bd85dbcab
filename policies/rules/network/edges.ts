import type { Graph } from "../../resources/graph.ts";
import type { Workload } from "../../resources/pods.ts";
import { settingPrefix } from "../../../model/names.ts";
import { environment, refsOf } from "../../views/config-refs.ts";
import { dependenciesOf } from "../../views/dependencies.ts";
import { intentOf, intents, PROGRAMS, workloadFor, type Intent } from "../../views/intent.ts";
import { admits } from "../../views/weaknesses.ts";
import { everywhere, notApplicable, resourceRule, type Problem } from "../../judging/rule.ts";
import { servicePort, type Service } from "../../views/services.ts";

type Planned = { readonly plan?: unknown };
const rule = resourceRule<Planned>();

/** Settings of one call, with what they may hold. */
const SETTINGS: readonly (readonly [string, (value: string) => boolean, string])[] = [
  ["TIMEOUT_MS", (value) => within(value, 100, 2000), "100 to 2000"],
  ["BREAKER_ERROR_PERCENT", (value) => within(value, 1, 100), "1 to 100"],
  ["BREAKER_OPEN_MS", (value) => within(value, 1000, 60_000), "1000 to 60000"],
  ["BREAKER_MIN_CALLS", (value) => within(value, 1, 10_000), ">= 1"],
  ["MAX_CONCURRENT", (value) => within(value, 1, 10_000), ">= 1"],
  ["FALLBACK", (value) => /^(reject|default|queue)$/.test(value), "reject, default or queue"],
];

function within(value: string, least: number, most: number): boolean {
  return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

export const everyCallBreaks = rule({
  id: "every-call-breaks",
  number: "C41",
  items: [2],
  on: PROGRAMS,
  severity: "critical",
  levels: everywhere,
  title: "Every declared call has an address, a time-out, a breaker, a bulkhead and a fallback, or says why not",
  why: "One call without them lets a slow callee stop its caller, and then the caller's callers.",
  fix: `data: { PAYMENT_URL: "http://payment:8080", PAYMENT_TIMEOUT_MS: "610", PAYMENT_BREAKER_ERROR_PERCENT: "50", PAYMENT_BREAKER_OPEN_MS: "5000", PAYMENT_BREAKER_MIN_CALLS: "10", PAYMENT_MAX_CONCURRENT: "50", PAYMENT_FALLBACK: "reject" }`,
  *across(component, { graph }) {
    const intent = intentOf(component);
    const workload = workloadFor(graph, intent);
    const calls = intent.calls.filter((call) => !admitsNoBreaker(graph, intent, call));
    if (calls.length === 0) return notApplicable;
    if (!workload) return yield { path: "plan.name", found: `no Deployment for ${intent.name}`, wanted: "one" };
    const settings = settingsOf(graph, workload);
    const on = { on: workload.resource, related: [component] };
    for (const call of calls) {
      const faults =
        call.keptBy === "program" ? keptElsewhere(settings, call) : faultsOfCall(settings, intent.name, call);
      for (const problem of faults) yield { ...problem, ...on };
    }
  },
});

/** Settings of a workload by name, which of them come from a ConfigMap, and where a missing one belongs. */
interface CallSettings {
  readonly values: ReturnType<typeof environment>;
  readonly mapped: ReadonlySet<string>;
  readonly path: string;
}

function settingsOf(graph: Graph, workload: Workload): CallSettings {
  const mapped = [...refsOf(workload)].filter(({ kind, way }) => kind === "ConfigMap" && way === "env");
  return {
    values: environment(graph, workload),
    mapped: new Set(mapped.flatMap(({ keys }) => keys)),
    path: `${workload.path}.containers[0].env`,
  };
}

/** True where nobody keeps a call and the description says why; declared-weaknesses tells it. */
function admitsNoBreaker(graph: Graph, intent: Intent, { keptBy, callee }: Intent["calls"][number]): boolean {
  return keptBy === "nobody" && admits(graph, intent, "unprotected", callee);
}

/** A program that keeps them under names of its own reads at least one of the call's facts: else its description says what is not so. */
function* keptElsewhere({ values, path }: CallSettings, { callee, told }: Intent["calls"][number]): Iterable<Problem> {
  if ([...values.values()].some(({ value }) => told.includes(value))) return;
  yield {
    path,
    found: `no variable with ${told.join(", ")}`,
    wanted: `what the program reads about its calls of ${callee}`,
  };
}

function* faultsOfCall(
  { values, mapped, path: missing }: CallSettings,
  caller: string,
  { callee, transactional, slow }: Intent["calls"][number],
): Iterable<Problem> {
  const prefix = settingPrefix(callee);
  for (const [name, fits, wanted] of SETTINGS) {
    const key = `${prefix}_${name}`;
    const { value, path = missing } = values.get(key) ?? {};
    if (value === undefined) yield { path, found: `no ${key}`, wanted: `${wanted}, because ${caller} calls ${callee}` };
    else if (!fits(value) && !(name === "TIMEOUT_MS" && slow && within(value, 100, 3_600_000)))
      yield { path, found: `${key}=${value}`, wanted };
    else if (name === "FALLBACK" && transactional && value === "default")
      yield { path, found: `${key}=default`, wanted: "reject or queue, because the call is part of a transaction" };
    else if (!mapped.has(key)) yield { path, found: `${key} as a literal`, wanted: "valueFrom.configMapKeyRef" };
  }
  if (!values.has(`${prefix}_URL`))
    yield { path: missing, found: `no ${prefix}_URL`, wanted: `the address of ${callee}` };
}

export const callLeadsToService = rule({
  id: "call-leads-to-service",
  number: "C42",
  items: [2, 37],
  on: PROGRAMS,
  severity: "critical",
  levels: everywhere,
  title: "The address of every declared call is a Service and a port that exist",
  why: "A wrong address is a dead feature that looks like a failing partner.",
  fix: `data: { PAYMENT_URL: "http://payment:8080" } // name and port of the Service`,
  *across(component, { graph }) {
    const intent = intentOf(component);
    const workload = workloadFor(graph, intent);
    if (!workload || intent.calls.length === 0) return notApplicable;
    const values = environment(graph, workload);
    for (const { callee } of intent.calls) {
      const url = values.get(`${settingPrefix(callee)}_URL`);
      const [, host = "", port = "80"] = /^https?:\/\/([^/:]+)(?::(\d+))?/.exec(url?.value ?? "") ?? [];
      if (!url || !host) continue;
      const [name = "", space] = host.split(".");
      const service = graph.find<Service["props"]>("Service", space ?? workload.namespace, name);
      if (!service)
        yield {
          path: url.path,
          found: `${host}, which is no declared Service`,
          wanted: `the Service of ${callee}`,
          on: workload.resource,
          related: [component],
        };
      else if (!servicePort(service, Number(port)))
        yield {
          path: url.path,
          found: `${host}:${port}`,
          wanted: `port ${(service.props.spec?.ports ?? []).map((one) => one.port).join(", ")}`,
          on: workload.resource,
          related: [component, service],
        };
    }
  },
});

export const nothingUndeclared = rule({
  id: "nothing-undeclared",
  number: "C43",
  items: [2, 28],
  on: PROGRAMS,
  severity: "high",
  levels: everywhere,
  title: "A service knows no address of a service that it did not declare to call",
  why: "A call nobody declared has no breaker, no alert and no network rule: it fails on the day it is needed.",
  fix: `calls: ["payment"] // in the description of the service`,
  *across(component, { graph }) {
    const intent = intentOf(component);
    const workload = workloadFor(graph, intent);
    if (!workload) return notApplicable;
    const services = new Set(intents(graph).map(({ name }) => name));
    const declared = new Set([...intent.calls.map(({ callee }) => callee), ...intent.standIns]);
    for (const { service, name, path } of dependenciesOf(graph, workload)) {
      if (services.has(service.name) && service.name !== intent.name && !declared.has(service.name))
        yield {
          path,
          found: `${name} holds the address of ${service.name}`,
          wanted: declared.size ? `calls ${[...declared].join(", ")} only, as declared` : "no call, as declared",
          on: workload.resource,
          related: [component],
        };
    }
  },
});
