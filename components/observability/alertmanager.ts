import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import type { Destination } from "../../monitors/contacts.ts";
import { NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import type { Owner } from "../manifests/metadata.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential } from "../manifests/settings.ts";
import { alertmanagerTraffic } from "./alertmanager-traffic.ts";
import { KEPT, keptPods } from "./kept-pods.ts";
import { monitoringPod } from "./pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";

/** Folder of what Alertmanager reads, from one Secret: addresses with keys in them are part of its configuration. */
export const ALERTMANAGER_FOLDER = "/etc/alertmanager";
const NAME = "alertmanager";
const RESOURCE = `monitoring-${NAME}`;

interface AlertmanagerParts {
  readonly config: string;
  /** Where it sends to. */
  readonly destinations: readonly Destination[];
  /** Files that the configuration names. */
  readonly secrets: Readonly<Record<string, Input<string>>>;
}

/** Alertmanager; in more than one copy they agree on who sends, so that one may be lost without a lost or a second mail. */
export function runAlertmanager(site: MonitoringSite, { config, destinations, secrets }: AlertmanagerParts): void {
  const { opts, numbers, storageClass } = site;
  const owner = monitoringOwner(site, NAME);
  const account = new ServiceAccount(RESOURCE, serviceAccount(owner), opts);
  const settings = new Secret(RESOURCE, credential(owner, { "alertmanager.yml": config, ...secrets }), opts);
  const network = new NetworkPolicy(RESOURCE, alertmanagerTraffic(owner, destinations, site.surroundings.inside), opts);
  new Service(RESOURCE, headlessService(owner, [{ name: "http", port: MONITORING_PORT.alertmanager }]), opts);
  new PodDisruptionBudget(RESOURCE, disruptionBudget(owner), opts);
  const template = pod(owner, site, { account: account.metadata.name, settings: settings.metadata.name });
  const kept = { replicas: numbers.alertmanagers, together: true, storage: "1Gi", storageClass, template };
  new StatefulSet(RESOURCE, keptPods(owner, kept), { ...opts, dependsOn: [network] });
}

interface PodNames {
  readonly account: Input<string>;
  readonly settings: Input<string>;
}

function pod(
  owner: Owner,
  { image, numbers }: MonitoringSite,
  { account, settings }: PodNames,
): types.input.core.v1.PodTemplateSpec {
  return monitoringPod({
    owner,
    image: image(NAME),
    serviceAccount: account,
    args: [
      `--config.file=${ALERTMANAGER_FOLDER}/alertmanager.yml`,
      "--storage.path=/var/lib/alertmanager",
      ...cluster(numbers.alertmanagers),
    ],
    ports: { http: MONITORING_PORT.alertmanager, peers: MONITORING_PORT.alertmanagerPeers },
    ready: "/-/ready",
    alive: "/-/healthy",
    cpu: "20m",
    memory: "56Mi",
    mounts: [
      { name: "settings", mountPath: ALERTMANAGER_FOLDER, readOnly: true },
      { name: KEPT, mountPath: "/var/lib/alertmanager" },
    ],
    volumes: [{ name: "settings", secret: { secretName: settings, defaultMode: 0o440 } }],
  });
}

/** A single one needs no peers, and would wait for them. */
function cluster(replicas: number): string[] {
  if (replicas === 1) return ["--cluster.listen-address="];
  const names = Array.from(
    { length: replicas },
    (_, index) => `--cluster.peer=${NAME}-${index}.${NAME}:${MONITORING_PORT.alertmanagerPeers}`,
  );
  return [`--cluster.listen-address=0.0.0.0:${MONITORING_PORT.alertmanagerPeers}`, ...names];
}
