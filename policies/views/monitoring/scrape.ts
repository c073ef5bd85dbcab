/** Which pods a plain Prometheus configuration scrapes. */

import { createRequire } from "node:module";
import { refsOf } from "../config-refs.ts";
import type { Graph } from "../../resources/graph.ts";
import { longRunning, type Workload } from "../../resources/pods.ts";
import type { Resource } from "../../resources/resource.ts";
import { fullMatch } from "../../resources/re2.ts";
import { seconds } from "../entry/routes.ts";

interface Relabel {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly action?: string;
  readonly target_label?: string;
  readonly replacement?: string;
}
interface Job {
  readonly scrape_interval?: string;
  readonly kubernetes_sd_configs?: readonly {
    readonly role?: string;
    readonly namespaces?: { readonly names?: readonly string[] };
  }[];
  readonly relabel_configs?: readonly Relabel[];
  readonly static_configs?: readonly { readonly targets?: readonly string[] }[];
}
export interface PrometheusConfiguration {
  readonly by: Resource;
  readonly interval: number;
  readonly jobs: readonly Job[];
}
type Texts = { readonly data?: Readonly<Record<string, string>> };

/** Prometheus configurations in ConfigMaps. */
export function prometheusConfigurations(graph: Graph): readonly PrometheusConfiguration[] {
  return graph.once("prometheus configurations", () =>
    graph.of<Texts>("ConfigMap").flatMap((by) =>
      textsOf(by)
        .filter((text) => text.includes("kubernetes_sd_configs"))
        .flatMap((text) => {
          const { global, scrape_configs: jobs } = yaml(text) as {
            readonly global?: { readonly scrape_interval?: string };
            readonly scrape_configs?: readonly Job[];
          };
          return Array.isArray(jobs)
            ? [{ by, jobs: jobs as readonly Job[], interval: seconds(global?.scrape_interval) ?? 60 }]
            : [];
        }),
    ),
  );
}

function textsOf({ props }: Resource<Texts>): string[] {
  try {
    return Object.values(props.data ?? {}).map(String);
  } catch {
    return []; // known only after deployment
  }
}

function yaml(text: string): object {
  const { load } = createRequire(import.meta.url)("js-yaml") as { load: (text: string) => unknown }; // loaded only where such a file is
  try {
    return Object(load(text)) as object;
  } catch {
    return {};
  }
}

/** Seconds between two scrapes of a workload's pods and the port that is asked, if one is; undefined when no job keeps them. */
export function scrapedEvery(
  { jobs, interval, by }: PrometheusConfiguration,
  workload: Workload,
  graph: Graph,
): { readonly interval: number; readonly port?: string } | undefined {
  const ports = longRunning(workload).flatMap(({ container }) =>
    (container.ports ?? []).map(({ name = "", containerPort = "" }) => ({ name, number: String(containerPort) })),
  );
  const named = hostsOf(graph, workload, by);
  for (const job of jobs) {
    const every = seconds(job.scrape_interval) ?? interval;
    if (addressesOf(job).some((host) => named.has(host))) return { interval: every };
    const port = discovers(job, workload.namespace)
      ? [...ports, { name: "", number: "" }].find((one) => kept(job.relabel_configs ?? [], workload, one))
      : undefined;
    if (port) return { interval: every, ...(choosesPort(job) && port.number ? { port: port.number } : {}) };
  }
  return undefined;
}

function discovers({ kubernetes_sd_configs: configs = [] }: Job, namespace: string): boolean {
  return configs.some(
    ({ role, namespaces }) =>
      /^(pod|endpoints|endpointslice)$/.test(role ?? "") &&
      (!namespaces?.names?.length || namespaces.names.includes(namespace)),
  );
}

/** True when a job keeps targets by their port, so that the port it asks is known. */
function choosesPort({ relabel_configs: rules = [] }: Job): boolean {
  return rules.some(
    ({ action, source_labels: sources = [] }) =>
      action === "keep" && sources.some((one) => /_container_port_/.test(one)),
  );
}

/** Hosts to which a job goes by name, `service.namespace` or `localhost`: its targets, or what stands before all of them. */
function addressesOf({ static_configs: statics = [], relabel_configs: rules = [] }: Job): string[] {
  const before = rules
    .filter(
      ({ target_label: label, replacement, source_labels: sources }) =>
        label === "__address__" && replacement !== undefined && !sources,
    )
    .map(({ replacement = "" }) => replacement);
  const targets = before.length > 0 ? before : statics.flatMap(({ targets: some }) => some ?? []);
  return targets.map((target) => {
    const parts =
      target
        .replace(/^https?:\/\//, "")
        .split(/[:/]/)[0]
        ?.replace(/\.svc(\..*)?$/, "")
        .split(".") ?? [];
    return parts.slice(-2).join("."); // the name of a pod may stand before that of its Service
  });
}

/** Names under which a Prometheus reaches a workload: its Services, and localhost for itself. */
function hostsOf(graph: Graph, workload: Workload, by: Resource): ReadonlySet<string> {
  const services = graph.selecting("Service", workload).map(({ name, namespace }) => `${name}.${namespace}`);
  const itself = [...refsOf(workload)].some(
    ({ kind, name }) => kind === "ConfigMap" && name === by.name && workload.namespace === by.namespace,
  );
  return new Set([...services, ...(itself ? ["localhost", "127.0.0.1"] : [])]);
}

function kept(
  rules: readonly Relabel[],
  workload: Workload,
  port: { readonly name: string; readonly number: string },
): boolean {
  return rules.every(({ action, source_labels: sources = [], separator = ";", regex = "(.*)" }) => {
    if (action !== "keep" && action !== "drop") return true;
    const values = sources.map((source) => meta(source, workload, port));
    if (values.includes(undefined)) return true; // a fact of the running pod
    const matches = fullMatch(regex)(values.join(separator));
    return action === "keep" ? matches : !matches;
  });
}

/** A label that Prometheus finds on a pod, as far as it is declared. */
function meta(
  label: string,
  { namespace, metadata }: Workload,
  port: { readonly name: string; readonly number: string },
): string | undefined {
  if (label === "__meta_kubernetes_namespace") return namespace;
  if (label === "__meta_kubernetes_pod_container_port_name") return port.name;
  if (label === "__meta_kubernetes_pod_container_port_number") return port.number;
  const [, of, name] = /^__meta_kubernetes_pod_(label|annotation)_(\w+)$/.exec(label) ?? [];
  if (!name) return undefined;
  const entries = Object.entries((of === "label" ? metadata.labels : metadata.annotations) ?? {});
  return String(
    entries.find(([key]) => key.replace(/[^A-Za-z0-9_]/g, "_") === name.replace(/^present_/, ""))?.[1] ?? "",
  );
}
