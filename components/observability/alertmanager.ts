import type { Input } from "@pulumi/pulumi";
import { NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { labels, metadata, namedMetadata, selector } from "../manifests/metadata.ts";
import { podsNamed } from "../manifests/peers.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential } from "../manifests/settings.ts";
import { claimSpec } from "../manifests/volume-claim.ts";
import { monitoringPod } from "./pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";

/** Folder of what Alertmanager reads, from one Secret: addresses with keys in them are part of its configuration. */
export const ALERTMANAGER_FOLDER = "/etc/alertmanager";
const NAME = "alertmanager";

/** Alertmanager; in more than one copy they agree on who sends, so that one may be lost without a lost or a second mail. */
export function runAlertmanager(
  site: MonitoringSite,
  config: string,
  secrets: Readonly<Record<string, Input<string>>>,
): void {
  const { opts, numbers, image } = site;
  const owner = monitoringOwner(site, NAME);
  const { alertmanager: http, alertmanagerPeers: peers } = MONITORING_PORT;
  const account = new ServiceAccount(`monitoring-${NAME}`, serviceAccount(owner), opts);
  const settings = new Secret(
    `monitoring-${NAME}`,
    credential(owner, { "alertmanager.yml": config, ...secrets }),
    opts,
  );
  const network = new NetworkPolicy(
    `monitoring-${NAME}`,
    {
      metadata: metadata(owner),
      spec: {
        podSelector: { matchLabels: selector(owner) },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          { from: [podsNamed("prometheus", "grafana")], ports: [{ protocol: "TCP", port: http }] },
          {
            from: [podsNamed(NAME)],
            ports: [
              { protocol: "TCP", port: peers },
              { protocol: "UDP", port: peers },
            ],
          },
        ],
        // Mail servers, chats and pagers are anywhere.
        egress: [{}],
      },
    },
    opts,
  );
  new Service(`monitoring-${NAME}`, headlessService(owner, [{ name: "http", port: http }]), opts);
  new PodDisruptionBudget(`monitoring-${NAME}`, disruptionBudget(owner), opts);
  new StatefulSet(
    `monitoring-${NAME}`,
    {
      metadata: namedMetadata(owner, NAME),
      spec: {
        replicas: numbers.alertmanagers,
        serviceName: NAME,
        podManagementPolicy: "Parallel",
        selector: { matchLabels: selector(owner) },
        revisionHistoryLimit: 3,
        minReadySeconds: 5,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        volumeClaimTemplates: [
          { metadata: { name: "data", labels: labels(owner) }, spec: claimSpec("1Gi", site.storageClass) },
        ],
        template: monitoringPod({
          owner,
          image: image(NAME),
          serviceAccount: account.metadata.name,
          args: [
            `--config.file=${ALERTMANAGER_FOLDER}/alertmanager.yml`,
            "--storage.path=/var/lib/alertmanager",
            ...cluster(numbers.alertmanagers),
          ],
          ports: { http, peers },
          ready: "/-/ready",
          alive: "/-/healthy",
          cpu: "20m",
          memory: "56Mi",
          mounts: [
            { name: "settings", mountPath: ALERTMANAGER_FOLDER, readOnly: true },
            { name: "data", mountPath: "/var/lib/alertmanager" },
          ],
          volumes: [{ name: "settings", secret: { secretName: settings.metadata.name, defaultMode: 0o440 } }],
        }),
      },
    },
    { ...opts, dependsOn: [network] },
  );
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
