import { type Input, output, type Resource } from "@pulumi/pulumi";
import { ConfigMap, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount, StatefulSet } from "../../kinds.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { disruptionBudget } from "../../manifests/disruption-budget.ts";
import type { Owner } from "../../manifests/metadata.ts";
import { headlessService } from "../../manifests/service.ts";
import { serviceAccount } from "../../manifests/service-account.ts";
import { settingsMap } from "../../manifests/settings.ts";
import { BROKERS_FOLDER, brokerTargets } from "./broker-jobs.ts";
import { fileMaps } from "../file-maps.ts";
import { keptPods } from "../kept-pods.ts";
import { mountedMap, type Mounted } from "../mounted.ts";
import { prometheusPod, PROMETHEUS_FOLDER, type PrometheusFiles } from "./prometheus-pod.ts";
import { grantReading } from "./prometheus-rights.ts";
import { prometheusTraffic } from "./prometheus-traffic.ts";
import { scrapeConfig, type ScrapeParts } from "./scrape-config.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "../site.ts";

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
const RESOURCE = `monitoring-${NAME}`;

/** Prometheus with its history on a disk of its own. */
export function runPrometheus(site: MonitoringSite, parts: PrometheusParts): Resource {
  const { opts, numbers, storageClass } = site;
  const owner = monitoringOwner(site, NAME);
  const account = new ServiceAccount(RESOURCE, serviceAccount(owner), opts);
  grantReading(site, NAME, parts.namespaces);
  const files = mountedFiles(site, owner, parts);
  const port = MONITORING_PORT.prometheus;
  const network = new NetworkPolicy(RESOURCE, prometheusTraffic(owner, parts.scrape, site.surroundings), opts);
  new Service(RESOURCE, headlessService(owner, [{ name: "http", port }]), opts);
  new PodDisruptionBudget(RESOURCE, disruptionBudget(owner), opts);
  const template = prometheusPod(owner, site, {
    serviceAccount: account.metadata.name,
    files,
    evaluationSeconds: parts.scrape.timing.evaluation,
  });
  const pods = keptPods(owner, { replicas: 1, storage: numbers.storage, storageClass, template });
  return new StatefulSet(RESOURCE, pods, { ...opts, dependsOn: [network] });
}

function mountedFiles(
  site: MonitoringSite,
  owner: Owner,
  { scrape, rules, brokers }: PrometheusParts,
): PrometheusFiles {
  const text = { "prometheus.yml": scrapeConfig(scrape) };
  const settings = new ConfigMap("monitoring-scrape", settingsMap(owner, text), site.opts);
  const volume = fileMaps(site, owner, { name: "monitoring-rules", files: rules });
  return {
    settings: mountedMap("settings", PROMETHEUS_FOLDER, settings),
    rules: { mount: { name: volume.name, mountPath: `${PROMETHEUS_FOLDER}/rules` }, volume },
    hosts: brokers === null ? [] : [brokerFile(site, owner, brokers, scrape.plans)],
  };
}

/** The brokers' hosts in a file of their own: everything else of the configuration is known before they exist. */
function brokerFile(
  { opts }: MonitoringSite,
  owner: Owner,
  brokers: Input<readonly string[]>,
  plans: readonly SystemPlan[],
): Mounted {
  const systems = plans.filter(({ messaging }) => messaging.topics.length > 0).map((plan) => plan.name);
  const text = output(brokers).apply((hosts) => brokerTargets(hosts, systems));
  const file = new ConfigMap("monitoring-brokers", settingsMap(owner, { "brokers.json": text }), opts);
  const { mount, volume } = mountedMap("brokers", BROKERS_FOLDER, file);
  return { mount: { ...mount, readOnly: true }, volume };
}
