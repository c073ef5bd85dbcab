import { stringify } from "yaml";
import type { SystemPlan } from "../../../model/plan.ts";
import { METRICS } from "../../../monitors/metrics.ts";
import { duration } from "../../../monitors/promql/duration.ts";
import type { Timing } from "../../../monitors/timing.ts";
import type { Stores } from "../../../monitors/scope.ts";
import { MONITORING } from "../../../model/names.ts";
import { brokerJobs } from "./broker-jobs.ts";
import { MONITORING_PORT } from "../site.ts";

/** What Prometheus has to look at. */
export interface ScrapeParts {
  readonly plans: readonly SystemPlan[];
  readonly timing: Timing;
  readonly alertmanagers: number;
  /** Namespaces of the gateways' pods. */
  readonly gatewayNamespaces: readonly string[];
  /** Where Kafka and MariaDB run. */
  readonly stores: Stores;
  /** What runs only in some places; only its being there is of interest. */
  readonly beside: readonly (keyof typeof BESIDE)[];
  /** Public entry of every system, as it is reached from inside. */
  readonly entries: Readonly<Record<string, string>>;
}

type Relabel = Readonly<Record<string, unknown>>;

/** prometheus.yml: pods are read directly, never through a Service or the gateway, so that no replica hides behind another. */
export function scrapeConfig(parts: ScrapeParts): string {
  const { timing, plans, alertmanagers } = parts;
  const peers = Array.from(
    { length: alertmanagers },
    (_, index) => `alertmanager-${index}.alertmanager.${MONITORING.namespace}.svc:${MONITORING_PORT.alertmanager}`,
  );
  const systems = plans.map(({ name }) => name);
  return stringify(
    {
      global: {
        scrape_interval: duration(timing.scrape),
        scrape_timeout: duration(Math.min(10, timing.scrape)),
        evaluation_interval: duration(timing.evaluation),
      },
      rule_files: ["/etc/prometheus/rules/*.yaml"],
      alerting: { alertmanagers: [{ static_configs: [{ targets: peers }] }] },
      scrape_configs: [
        podJob("services", systems, "service"),
        ...(parts.stores === "cloud" ? brokerJobs() : [podJob("stores", systems, "store")]),
        kubeletJob("containers", "/metrics/resource", "resource"),
        kubeletJob("cadvisor", "/metrics/cadvisor", "cadvisor"),
        kubeletJob("kubelet", "/metrics", "kubelet"),
        kubeStateJob(),
        nodeJob(),
        ...ownJobs(alertmanagers),
        ...parts.beside.map(besideJob),
        ...(Object.keys(parts.entries).length > 0 ? [entryJob(parts.entries)] : []),
        ...(parts.gatewayNamespaces.length === 0 ? [] : [gatewayJob(parts.gatewayNamespaces)]),
      ],
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

const META = "__meta_kubernetes_pod";
const POD_LABEL = `${META}_label_app_kubernetes_io`;
const ANNOTATION = `${META}_annotation_prometheus_io`;

const copy = (from: string, to: string): Relabel => ({ source_labels: [from], target_label: to });
const keep = (from: string, regex: string): Relabel => ({ source_labels: [from], regex, action: "keep" });

/** Where and what a pod is, on every one of its series. */
const POD_LABELS: readonly Relabel[] = [
  copy("__meta_kubernetes_namespace", "namespace"),
  copy(`${META}_name`, "pod"),
  copy(`${META}_node_name`, "node"),
  copy(`${POD_LABEL}_name`, "service"),
  copy(`${POD_LABEL}_part_of`, "system"),
  copy(`${POD_LABEL}_version`, "version"),
];

function podJob(job: string, namespaces: readonly string[], component: string) {
  return {
    job_name: job,
    kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [...namespaces] } }],
    relabel_configs: [
      keep(`${ANNOTATION}_scrape`, "true"),
      keep(`${POD_LABEL}_component`, component),
      // A pod that has ended answers nobody and is not down.
      { source_labels: [`${META}_phase`], regex: "Succeeded|Failed", action: "drop" },
      { source_labels: [`${ANNOTATION}_path`], regex: "(.+)", target_label: "__metrics_path__" },
      { source_labels: [`${META}_ip`, `${ANNOTATION}_port`], separator: ":", target_label: "__address__" },
      ...POD_LABELS,
    ],
  };
}

const TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The kubelet's own figures and those of its containers; only the metrics that rules or panels read are kept. */
function kubeletJob(job: string, path: string, source: "resource" | "cadvisor" | "kubelet") {
  return {
    job_name: job,
    scheme: "https",
    metrics_path: path,
    authorization: { credentials_file: `${TOKEN_FOLDER}/token` },
    tls_config: { ca_file: `${TOKEN_FOLDER}/ca.crt` },
    kubernetes_sd_configs: [{ role: "node" }],
    relabel_configs: [copy("__meta_kubernetes_node_name", "node")],
    metric_relabel_configs: [
      keep("__name__", namesOf(source).join("|")),
      ...(source === "cadvisor" ? [keep("pod", ".+")] : []),
      SERVICE_OF_CONTAINER,
    ],
  };
}

/** Containers are named after their service. */
const SERVICE_OF_CONTAINER: Relabel = { source_labels: ["container"], regex: "(.+)", target_label: "service" };

function kubeStateJob() {
  return {
    job_name: "kube-state",
    honor_labels: true,
    static_configs: [{ targets: [`kube-state-metrics.${MONITORING.namespace}.svc:${MONITORING_PORT.kubeState}`] }],
    metric_relabel_configs: [
      SERVICE_OF_CONTAINER,
      { source_labels: ["label_app_kubernetes_io_name"], regex: "(.+)", target_label: "service" },
      { source_labels: ["label_app_kubernetes_io_part_of"], regex: "(.+)", target_label: "system" },
    ],
  };
}

function nodeJob() {
  return {
    job_name: "node",
    kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [MONITORING.namespace] } }],
    relabel_configs: [keep(`${POD_LABEL}_name`, "node-exporter"), copy(`${META}_node_name`, "instance")],
    metric_relabel_configs: [keep("__name__", namesOf("node").join("|"))],
  };
}

function ownJobs(alertmanagers: number) {
  const peers = Array.from(
    { length: alertmanagers },
    (_, index) => `alertmanager-${index}.alertmanager.${MONITORING.namespace}.svc:${MONITORING_PORT.alertmanager}`,
  );
  return [
    {
      job_name: "prometheus",
      static_configs: [{ targets: [`localhost:${MONITORING_PORT.prometheus}`] }],
      metric_relabel_configs: [keep("__name__", namesOf("prometheus").join("|"))],
    },
    {
      job_name: "alertmanager",
      static_configs: [{ targets: peers }],
      metric_relabel_configs: [keep("__name__", namesOf("alertmanager").join("|"))],
    },
  ];
}

/** Port of what runs only in some places. */
export const BESIDE = { grafana: MONITORING_PORT.grafana, "mail-sink": MONITORING_PORT.sinkPage } as const;

function besideJob(name: keyof typeof BESIDE) {
  return {
    job_name: name,
    static_configs: [{ targets: [`${name}.${MONITORING.namespace}.svc:${BESIDE[name]}`] }],
    metric_relabel_configs: [{ regex: ".*", source_labels: ["__name__"], action: "drop" }],
  };
}

/** Asks through the public entry, as a client would. */
function entryJob(entries: Readonly<Record<string, string>>) {
  return {
    job_name: "entry",
    metrics_path: "/probe",
    params: { module: ["entry"] },
    static_configs: Object.entries(entries).map(([system, url]) => ({
      targets: [url],
      labels: { namespace: system, system, service: "gateway" },
    })),
    relabel_configs: [
      copy("__address__", "__param_target"),
      copy("__param_target", "instance"),
      {
        target_label: "__address__",
        replacement: `blackbox-exporter.${MONITORING.namespace}.svc:${MONITORING_PORT.blackbox}`,
      },
    ],
  };
}

function gatewayJob(namespaces: readonly string[]) {
  return {
    job_name: "gateway",
    kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [...namespaces] } }],
    relabel_configs: [
      keep(`${META}_container_port_name`, "metrics"),
      copy("__meta_kubernetes_namespace", "namespace"),
      copy(`${META}_name`, "pod"),
    ],
    metric_relabel_configs: [keep("__name__", namesOf("traefik").join("|"))],
  };
}

/** Scraped names of one source that somebody reads; the rest would only cost memory. */
export function namesOf(source: (typeof METRICS)[keyof typeof METRICS]["source"]): string[] {
  return Object.values(METRICS)
    .filter((metric) => metric.source === source)
    .flatMap(({ name, type }) => (type === "histogram" ? [`${name}_bucket`, `${name}_count`] : [name]));
}
