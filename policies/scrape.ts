/** Which pods a plain Prometheus configuration scrapes. */

import { createRequire } from "node:module";
import type { Graph } from "./graph.ts";
import { longRunning, type Workload } from "./pods.ts";
import type { Resource } from "./resource.ts";
import { seconds } from "./routes.ts";

interface Relabel { readonly source_labels?: readonly string[]; readonly separator?: string; readonly regex?: string; readonly action?: string }
interface Job {
  readonly scrape_interval?: string;
  readonly kubernetes_sd_configs?: readonly { readonly role?: string; readonly namespaces?: { readonly names?: readonly string[] } }[];
  readonly relabel_configs?: readonly Relabel[];
}
export interface PrometheusConfiguration { readonly by: Resource; readonly interval: number; readonly jobs: readonly Job[] }
type Texts = { readonly data?: Readonly<Record<string, string>> };

/** Prometheus configurations in ConfigMaps. */
export function prometheusConfigurations(graph: Graph): readonly PrometheusConfiguration[] {
  return graph.once("prometheus configurations", () => graph.of<Texts>("ConfigMap").flatMap((by) => textsOf(by).filter((text) => text.includes("kubernetes_sd_configs")).flatMap((text) => {
    const { global, scrape_configs: jobs } = yaml(text) as { readonly global?: { readonly scrape_interval?: string }; readonly scrape_configs?: readonly Job[] };
    return Array.isArray(jobs) ? [{ by, jobs: jobs as readonly Job[], interval: seconds(global?.scrape_interval) ?? 60 }] : [];
  })));
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

/** Seconds between two scrapes of a workload's pods, or undefined when no job keeps them. */
export function scrapedEvery({ jobs, interval }: PrometheusConfiguration, workload: Workload): number | undefined {
  const ports = longRunning(workload).flatMap(({ container }) => (container.ports ?? []).map(({ name, containerPort }) => ({ name: name ?? "", number: String(containerPort ?? "") })));
  const job = jobs.find((one) => (one.kubernetes_sd_configs ?? []).some(({ role, namespaces }) => /^(pod|endpoints|endpointslice)$/.test(role ?? "") && (!namespaces?.names?.length || namespaces.names.includes(workload.namespace)))
    && [...ports, { name: "", number: "" }].some((port) => kept(one.relabel_configs ?? [], workload, port)));
  return job && (seconds(job.scrape_interval) ?? interval);
}

function kept(rules: readonly Relabel[], workload: Workload, port: { readonly name: string; readonly number: string }): boolean {
  return rules.every(({ action, source_labels: sources = [], separator = ";", regex = "(.*)" }) => {
    if (action !== "keep" && action !== "drop") return true;
    const values = sources.map((source) => meta(source, workload, port));
    if (values.includes(undefined)) return true; // a fact of the running pod
    const matches = new RegExp(`^(?:${regex})$`).test(values.join(separator));
    return action === "keep" ? matches : !matches;
  });
}

/** A label that Prometheus finds on a pod, as far as it is declared. */
function meta(label: string, { namespace, metadata }: Workload, port: { readonly name: string; readonly number: string }): string | undefined {
  if (label === "__meta_kubernetes_namespace") return namespace;
  if (label === "__meta_kubernetes_pod_container_port_name") return port.name;
  if (label === "__meta_kubernetes_pod_container_port_number") return port.number;
  const [, of, name] = /^__meta_kubernetes_pod_(label|annotation)_(\w+)$/.exec(label) ?? [];
  if (!name) return undefined;
  const entries = Object.entries((of === "label" ? metadata.labels : metadata.annotations) ?? {});
  return String(entries.find(([key]) => key.replace(/[^A-Za-z0-9_]/g, "_") === name.replace(/^present_/, ""))?.[1] ?? "");
}
