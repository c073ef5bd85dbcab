import { type Input, output, type Resource } from "@pulumi/pulumi";
import { ConfigMap, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { LABEL } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { parseBytes } from "../../model/quantity.ts";
import { labels, metadata, namedMetadata, selector } from "../manifests/metadata.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { podsNamed } from "../manifests/peers.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { settingsMap } from "../manifests/settings.ts";
import { claimSpec } from "../manifests/volume-claim.ts";
import { BROKERS_FOLDER, brokerTargets } from "./broker-jobs.ts";
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from "./kinds.ts";
import { fileMaps } from "./file-maps.ts";
import { monitoringPod } from "./pod.ts";
import { scrapeConfig, type ScrapeParts } from "./scrape-config.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";

export interface PrometheusParts {
  readonly scrape: ScrapeParts;
  /** Rule files by name. */
  readonly rules: Readonly<Record<string, string>>;
  /** Hosts of the brokers that belong to a cloud; null where the stores are pods. */
  readonly brokers: Input<readonly string[]> | null;
  /** Namespaces whose pods it may find. */
  readonly namespaces: Readonly<Record<string, Input<string>>>;
}

const NAME = "prometheus";
/** Part of the memory that Go may fill before it collects; the rest is for what it does not count. */
const GO_SHARE = 0.8;

/** Prometheus with its history on a disk of its own. */
export function runPrometheus(site: MonitoringSite, { scrape, rules, namespaces, brokers }: PrometheusParts): Resource {
  const { opts, numbers, image } = site;
  const owner = monitoringOwner(site, NAME);
  const account = new ServiceAccount(`monitoring-${NAME}`, { ...serviceAccount(owner) }, opts);
  grantReading(site, namespaces, opts);
  const settings = new ConfigMap(
    "monitoring-scrape",
    settingsMap(owner, { "prometheus.yml": scrapeConfig(scrape) }),
    opts,
  );
  const ruleFiles = fileMaps(site, owner, { name: "monitoring-rules", files: rules });
  const hosts = brokers === null ? [] : brokerFiles(site, brokers, scrape.plans);
  // It opens connections to every pod; who may open one to it is narrow.
  const network = new NetworkPolicy(
    `monitoring-${NAME}`,
    {
      metadata: metadata(owner),
      spec: {
        podSelector: { matchLabels: selector(owner) },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [podsNamed("grafana")], ports: [{ protocol: "TCP", port: MONITORING_PORT.prometheus }] }],
        egress: [{}],
      },
    },
    opts,
  );
  new Service(`monitoring-${NAME}`, headlessService(owner, [{ name: "http", port: MONITORING_PORT.prometheus }]), opts);
  new PodDisruptionBudget(`monitoring-${NAME}`, disruptionBudget(owner), opts);
  return new StatefulSet(
    `monitoring-${NAME}`,
    {
      metadata: namedMetadata(owner, NAME),
      spec: {
        replicas: 1,
        serviceName: NAME,
        selector: { matchLabels: selector(owner) },
        revisionHistoryLimit: 3,
        minReadySeconds: 5,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        volumeClaimTemplates: [
          { metadata: { name: "data", labels: labels(owner) }, spec: claimSpec(numbers.storage, site.storageClass) },
        ],
        template: monitoringPod({
          owner,
          image: image(NAME),
          serviceAccount: account.metadata.name,
          token: true,
          args: [
            "--config.file=/etc/prometheus/prometheus.yml",
            "--storage.tsdb.path=/var/lib/prometheus/data",
            `--storage.tsdb.retention.time=${numbers.retention}`,
            `--storage.tsdb.retention.size=${Math.floor((bytes(numbers.storage) * 0.85) / 2 ** 20)}MB`,
            "--storage.tsdb.wal-compression",
            // Alertmanager believes an alert for four of these: a heartbeat must not outlive the Prometheus that sends it.
            `--rules.alert.resend-delay=${scrape.timing.evaluation}s`,
          ],
          env: [{ name: "GOMEMLIMIT", value: `${Math.floor(bytes(numbers.memory) * GO_SHARE)}` }],
          ports: { http: MONITORING_PORT.prometheus },
          ready: "/-/ready",
          alive: "/-/healthy",
          cpu: "50m",
          memory: numbers.memory,
          mounts: [
            { name: "settings", mountPath: "/etc/prometheus" },
            { name: "rules", mountPath: "/etc/prometheus/rules" },
            { name: "data", mountPath: "/var/lib/prometheus" },
            ...hosts.map(({ mount }) => mount),
          ],
          volumes: [
            { name: "settings", configMap: { name: settings.metadata.name } },
            ruleFiles,
            ...hosts.map(({ volume }) => volume),
          ],
        }),
      },
    },
    { ...opts, dependsOn: [network] },
  );
}

/** The brokers' hosts in a file of their own: everything else of the configuration is known before they exist. */
function brokerFiles(site: MonitoringSite, brokers: Input<readonly string[]>, plans: readonly SystemPlan[]) {
  const systems = plans.filter(({ messaging }) => messaging.topics.length > 0).map((plan) => plan.name);
  const text = output(brokers).apply((hosts) => brokerTargets(hosts, systems));
  const file = new ConfigMap(
    "monitoring-brokers",
    settingsMap(monitoringOwner(site, NAME), { "brokers.json": text }),
    site.opts,
  );
  return [
    {
      mount: { name: "brokers", mountPath: BROKERS_FOLDER, readOnly: true },
      volume: { name: "brokers", configMap: { name: file.metadata.name } },
    },
  ];
}

const bytes = (text: string) => parseBytes(text) ?? 0;

/** Finds pods in the namespaces it watches and reads the figures of nodes: nothing else, and nothing may be changed. */
function grantReading(
  site: MonitoringSite,
  namespaces: PrometheusParts["namespaces"],
  opts: MonitoringSite["opts"],
): void {
  const owner = monitoringOwner(site, NAME);
  const subjects = [{ kind: "ServiceAccount", name: NAME, namespace: site.namespace }];
  const role = new ClusterRole(
    "monitoring-nodes",
    {
      metadata: { labels: labels(owner) },
      rules: [
        { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
        { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
      ],
    },
    opts,
  );
  new ClusterRoleBinding(
    "monitoring-nodes",
    {
      metadata: { labels: labels(owner) },
      subjects,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role.metadata.name },
    },
    opts,
  );
  for (const [name, namespace] of Object.entries(namespaces)) {
    const inside = { namespace, labels: { ...labels(owner), [LABEL.name]: NAME } };
    const pods = new Role(
      `monitoring-pods-${name}`,
      {
        metadata: inside,
        rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
      },
      opts,
    );
    new RoleBinding(
      `monitoring-pods-${name}`,
      {
        metadata: inside,
        subjects,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: pods.metadata.name },
      },
      opts,
    );
  }
}
