/** Who scrapes a workload, and which alerts are about it. */

import { createRequire } from "node:module";
import type { Graph } from "../../resources/graph.ts";
import type { IntOrString, Selector } from "../../resources/kubernetes.ts";
import { longRunning, type Workload } from "../../resources/pods.ts";
import type { Facts } from "../../resources/facts.ts";
import type { Resource } from "../../resources/resource.ts";
import { seconds } from "../entry/routes.ts";
import { prometheusConfigurations, scrapedEvery } from "./scrape.ts";
import { selects } from "../../resources/selectors.ts";
import { runs } from "../image.ts";
import { admits, letsIn, policiesOf } from "../network-policies.ts";
import { targetOf, type Service } from "../services.ts";

interface Endpoint {
  readonly port?: string;
  readonly targetPort?: IntOrString;
  readonly portNumber?: number;
  readonly interval?: string;
}
interface MonitorSpec {
  readonly selector?: Selector;
  readonly namespaceSelector?: { readonly any?: boolean; readonly matchNames?: readonly string[] };
  readonly endpoints?: readonly Endpoint[];
  readonly podMetricsEndpoints?: readonly Endpoint[];
}
export type Monitor = Resource<{ readonly spec?: MonitorSpec }>;

/** True when a monitor looks into a namespace; without a selector only into its own. */
export function looksInto({ props, namespace }: Monitor, other: string): boolean {
  const { any, matchNames } = props.spec?.namespaceSelector ?? {};
  return any === true || (matchNames?.length ? matchNames.includes(other) : namespace === other);
}

/** Services that a monitor selects. */
export function monitored(graph: Graph, monitor: Monitor): readonly Service[] {
  return graph
    .of<Service["props"]>("Service")
    .filter(
      (service) =>
        looksInto(monitor, service.namespace) && selects(monitor.props.spec?.selector, service.metadata.labels),
    );
}

/** Workloads whose pods a PodMonitor selects. */
export function monitoredPods(graph: Graph, monitor: Monitor): readonly Workload[] {
  return graph.workloads.filter(
    ({ namespace, metadata }) =>
      looksInto(monitor, namespace) && selects(monitor.props.spec?.selector, metadata.labels),
  );
}

/** Namespaces that a monitor names, or its own. */
export function namespacesOf({ props, namespace }: Monitor): readonly string[] {
  const names = props.spec?.namespaceSelector?.matchNames ?? [];
  return names.length > 0 ? names : [namespace];
}

export interface Scrape {
  readonly interval: number;
  readonly by: Resource;
}
/** How a workload is scraped, or why not. */
export type Reach =
  | { readonly scrape: Scrape; readonly reason?: undefined }
  | { readonly scrape?: undefined; readonly reason: string };

/** Whoever scrapes a workload, under the rules of the Prometheus operator or a plain Prometheus configuration. */
export function reachOf(graph: Graph, facts: Facts, workload: Workload): Reach {
  const reasons: string[] = [];
  for (const service of graph.selecting<Service["props"]>("Service", workload)) {
    for (const monitor of serviceMonitors(graph).get(service) ?? []) {
      const endpoint = (monitor.props.spec?.endpoints ?? []).find(({ port, targetPort }) =>
        port === undefined
          ? targetPort !== undefined && declares(workload, targetPort)
          : (service.props.spec?.ports ?? []).some(({ name }) => name === port),
      );
      if (endpoint) return scraped(graph, workload, endpoint, monitor, portBehind(service, endpoint));
      reasons.push(
        `ServiceMonitor ${monitor.name} asks port ${(monitor.props.spec?.endpoints ?? []).map(({ port, targetPort }) => port ?? targetPort).join(", ")}, which Service ${service.name} does not have`,
      );
    }
  }
  for (const monitor of graph.of<Monitor["props"]>("PodMonitor")) {
    if (!looksInto(monitor, workload.namespace) || !selects(monitor.props.spec?.selector, workload.metadata.labels))
      continue;
    const endpoint = (monitor.props.spec?.podMetricsEndpoints ?? []).find(({ port, portNumber, targetPort }) =>
      declares(workload, port ?? portNumber ?? targetPort ?? ""),
    );
    if (endpoint)
      return scraped(graph, workload, endpoint, monitor, endpoint.port ?? endpoint.portNumber ?? endpoint.targetPort);
    reasons.push(`PodMonitor ${monitor.name} asks a port that the pods do not declare`);
  }
  const configured = byConfiguration(graph, facts, workload);
  const closed = configured?.port === undefined ? undefined : closedTo(graph, workload, configured.port);
  if (closed) return { reason: closed };
  return configured
    ? { scrape: configured }
    : { reason: reasons[0] ?? "no ServiceMonitor, PodMonitor or scrape configuration reaches these pods" };
}

/** A scrape that policies let through, or why they do not. */
function scraped(
  graph: Graph,
  workload: Workload,
  { interval }: Pick<Endpoint, "interval">,
  by: Resource,
  port: IntOrString | undefined,
): Reach {
  const closed = port === undefined ? undefined : closedTo(graph, workload, port);
  return closed ? { reason: closed } : { scrape: { interval: seconds(interval) ?? 30, by } };
}

/** Why no Prometheus gets through to a port of a workload; undefined when one may. */
function closedTo(graph: Graph, workload: Workload, port: IntOrString): string | undefined {
  const scrapers = graph.once("workloads that scrape", () =>
    graph.workloads.filter((other) => runs(other, /^prometheus$|vmagent|^agent$|alloy/)),
  );
  const open = letsIn(
    graph,
    workload,
    port,
    (peers) =>
      scrapers.length === 0 ||
      scrapers.some(({ namespace, metadata }) =>
        admits(graph, peers, { namespace, labels: metadata.labels }, workload.namespace),
      ),
  );
  const policies = policiesOf(graph, workload, "ingress").map(({ name }) => name);
  return open ? undefined : `policies ${policies.join(", ")} let no Prometheus in to port ${port}`;
}

function portBehind({ props }: Service, { port, targetPort }: Endpoint): IntOrString | undefined {
  const declared = (props.spec?.ports ?? []).find(({ name }) => name === port);
  return declared ? targetOf(declared) : targetPort;
}

function serviceMonitors(graph: Graph): ReadonlyMap<Service, Monitor[]> {
  return graph.once("service monitors by service", () => {
    const map = new Map<Service, Monitor[]>();
    for (const monitor of graph.of<Monitor["props"]>("ServiceMonitor"))
      for (const service of monitored(graph, monitor)) map.set(service, [...(map.get(service) ?? []), monitor]);
    return map;
  });
}

function declares(workload: Workload, port: IntOrString): boolean {
  return longRunning(workload).some(({ container }) =>
    (container.ports ?? []).some(({ name, containerPort }) => name === port || String(containerPort) === String(port)),
  );
}

/** Scraped by a Prometheus whose configuration is declared here, or one that is stated to follow annotations. */
function byConfiguration(
  graph: Graph,
  facts: Facts,
  workload: Workload,
): (Scrape & { readonly port?: string }) | undefined {
  if (facts.scrapeAnnotations && String(workload.metadata.annotations?.["prometheus.io/scrape"] ?? "") === "true")
    return { interval: 30, by: workload.resource };
  for (const configuration of prometheusConfigurations(graph)) {
    const scrape = scrapedEvery(configuration, workload, graph);
    if (scrape) return { ...scrape, by: configuration.by };
  }
  return undefined;
}

export interface Alert {
  readonly name: string;
  readonly expression: string;
  readonly forSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly evaluation: number;
  readonly resource: Resource;
  readonly path: string;
}
interface RuleGroup {
  readonly interval?: string;
  readonly rules?: readonly {
    readonly alert?: string;
    readonly expr?: string;
    readonly for?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

/** All alerts: of PrometheusRules, and of rule files in ConfigMaps. */
export function alertsOf(graph: Graph): readonly Alert[] {
  return graph.once("alerts", () => [
    ...graph
      .of<{ readonly spec?: { readonly groups?: readonly RuleGroup[] } }>("PrometheusRule")
      .flatMap((resource) => fromGroups(resource.props.spec?.groups ?? [], resource, "spec.groups")),
    ...graph.of<{ readonly data?: Readonly<Record<string, string>> }>("ConfigMap").flatMap(fromConfigMap),
  ]);
}

function fromGroups(groups: readonly RuleGroup[], resource: Resource, path: string): Alert[] {
  return groups.flatMap(({ rules, interval }, g) =>
    (rules ?? []).flatMap((rule, r) =>
      rule.alert === undefined
        ? []
        : [
            {
              name: rule.alert,
              expression: String(rule.expr ?? ""),
              forSeconds: seconds(rule.for) ?? 0,
              labels: rule.labels ?? {},
              annotations: rule.annotations ?? {},
              evaluation: seconds(interval) ?? 30,
              resource,
              path: `${path}[${g}].rules[${r}]`,
            },
          ],
    ),
  );
}

function fromConfigMap(resource: Resource<{ readonly data?: Readonly<Record<string, string>> }>): Alert[] {
  let data: [string, string][];
  try {
    data = Object.entries(resource.props.data ?? {});
  } catch {
    return [];
  }
  return data
    .filter(([name, text]) => /\.(ya?ml|json|rules)$/.test(name) && /["']?alert["']?\s*:/.test(String(text)))
    .flatMap(([name, text]) => {
      const { load: parse } = createRequire(import.meta.url)("js-yaml") as { load: (text: string) => unknown }; // loaded only where such a file is
      try {
        const groups = (parse(text) as { readonly groups?: unknown } | undefined)?.groups;
        return Array.isArray(groups) ? fromGroups(groups as RuleGroup[], resource, `data["${name}"].groups`) : [];
      } catch {
        return [];
      }
    });
}
