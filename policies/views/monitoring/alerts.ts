/** What an alert's expression says: about whom, about what, over which window. */

import type { Graph } from "../../resources/graph.ts";
import type { Alert } from "./monitoring.ts";
import { longRunning, type Workload } from "../../resources/pods.ts";
import { fullMatch } from "../../resources/re2.ts";
import { parseQuery, type Matcher } from "./promql.ts";

const KINDS: readonly (readonly [string, RegExp])[] = [
  ["availability", /status|code\s*[=!~]|5\.\.|5xx|error|fail|burn|availab|\bup\b|absent|probe_success/i],
  ["latency", /quantile|latency|duration|response_time|_bucket|slow/i],
  [
    "saturation",
    /satur|cpu|memory|throttl|utili[sz]ation|unavailable|replicas|queue|backlog|lag\b|_lag|pool|connections|inflight|in_flight|hpa|horizontalpodautoscaler|oom|restart|evict|event_?loop|bulkhead|disk|volume/i,
  ],
];

/** Alerts about what will happen in days, which need not fire within minutes. */
const FORECAST = /cert|expir|predict_linear/i;

/** What kinds of trouble an alert is about; none for forecasts. */
export function kindsOf({ name, expression }: Alert): string[] {
  const text = `${name} ${expression}`;
  return FORECAST.test(text) ? [] : KINDS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}

/** Seconds of the shortest range in an expression. */
export function shortestWindow(expression: string): number | undefined {
  const { windows } = parseQuery(expression);
  return windows.length === 0 ? undefined : Math.min(...windows);
}

/** True when no matcher of an alert excludes the workload: labels that say who it is must fit, others may be anything. */
export function isAbout(graph: Graph, { expression }: Alert, workload: Workload): boolean {
  const own = identity(graph, workload);
  const selectors = parseQuery(expression).selectors.filter((matchers) => matchers.length > 0);
  if (selectors.length === 0) return true; // about everything
  return selectors.some((matchers) => matchers.every((matcher) => fits(matcher, own.get(matcher.label))));
}

function fits({ label, operator, value }: Matcher, own: readonly string[] | undefined): boolean {
  if (own === undefined) return true;
  const hits = operator.endsWith("~") ? fullMatch(value) : (one: string): boolean => one === value;
  if (!operator.startsWith("!")) return own.some(hits);
  return label === "container" ? !own.every(hits) : !own.some(hits); // a pod has all its containers, but only one of its names
}

/** Labels that Prometheus gives to the series of a workload, with the values they can have. */
function identity(graph: Graph, workload: Workload): ReadonlyMap<string, readonly string[]> {
  const services = graph.selecting("Service", workload).map(({ name }) => name);
  const { name, namespace, metadata } = workload;
  const labels = metadata.labels ?? {};
  const names = [
    ...new Set([
      name,
      ...services,
      ...["app", "app.kubernetes.io/name", "k8s-app"].flatMap((key) => (labels[key] ? [labels[key]] : [])),
    ]),
  ];
  const own = new Map<string, readonly string[]>([
    ["namespace", [namespace]],
    ["job", [...names, ...names.map((one) => `${namespace}/${one}`)]],
    ["service", names],
    ["app", names],
    ["deployment", [name]],
    ["statefulset", [name]],
    ["workload", [name]],
  ]);
  for (const [key, value] of Object.entries(labels)) own.set(key.replace(/[^A-Za-z0-9_]/g, "_"), [value]);
  if (labels["app.kubernetes.io/part-of"]) own.set("system", [labels["app.kubernetes.io/part-of"]]);
  own.set(
    "container",
    longRunning(workload).map(({ container }) => container.name ?? ""),
  );
  own.set("pod", [`${name}-0`, `${name}-5d8f7c9b6d-abcde`]);
  return own;
}
