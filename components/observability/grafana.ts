import type { Output } from "@pulumi/pulumi";
import { stringify } from "yaml";
import { platformDashboards, systemDashboards } from "../../monitors/dashboards.ts";
import type { Scope } from "../../monitors/scope.ts";
import { grafanaDashboard } from "../../monitors/dashboards/grafana.ts";
import {
  ConfigMap,
  NetworkPolicy,
  PodDisruptionBudget,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
} from "../kinds.ts";
import { secretVariables } from "../manifests/environment.ts";
import { labels, metadata, namedMetadata, selector } from "../manifests/metadata.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { podsNamed } from "../manifests/peers.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential, settingsMap } from "../manifests/settings.ts";
import { claimSpec } from "../manifests/volume-claim.ts";
import { fileMaps } from "./file-maps.ts";
import { monitoringPod } from "./pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";

/** Grafana as its makers publish it; the digest says which build, whatever the tag says later. */
export const GRAFANA_IMAGE = {
  reference: "docker.io/grafana/grafana:12.4.0@sha256:b0ae311af06228bcfd4a620504b653db80f5b91e94dc3dc2a5b7dab202bcde20",
  version: "12.4.0",
} as const;

const NAME = "grafana";
const FOLDER = "/etc/grafana/provisioning";
const BOARDS = "/etc/grafana/dashboards";
const PASSWORD = "GF_SECURITY_ADMIN_PASSWORD";

/** Everything that is not a secret: nobody comes in without a password, and nothing is sent anywhere. */
const SETTINGS = {
  GF_AUTH_ANONYMOUS_ENABLED: "false",
  GF_USERS_ALLOW_SIGN_UP: "false",
  GF_SECURITY_COOKIE_SECURE: "true",
  GF_SECURITY_DISABLE_GRAVATAR: "true",
  GF_PLUGINS_PREINSTALL_DISABLED: "true",
  GF_ANALYTICS_REPORTING_ENABLED: "false",
  GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
  GF_PATHS_PROVISIONING: FOLDER,
  GF_PATHS_DATA: "/var/lib/grafana",
  GF_LOG_MODE: "console",
};

/** Grafana with its data source and every dashboard; what is changed by hand is gone after the next start. */
export function runGrafana(site: MonitoringSite, systems: readonly Scope[], password: Output<string>): void {
  const { opts } = site;
  const owner = monitoringOwner(site, NAME);
  const account = new ServiceAccount("monitoring-grafana", serviceAccount(owner), opts);
  const login = new Secret("monitoring-grafana", credential(owner, { [PASSWORD]: password }), opts);
  const sources = new ConfigMap(
    "monitoring-grafana-sources",
    settingsMap(owner, { "prometheus.yaml": dataSource() }),
    opts,
  );
  const folders = new ConfigMap("monitoring-grafana-folders", settingsMap(owner, { "slipway.yaml": provider() }), opts);
  const boards = fileMaps(site, owner, {
    name: "monitoring-grafana-dashboards",
    files: dashboardFiles(systems),
    marks: { grafana_dashboard: "1" },
  });
  const network = new NetworkPolicy(
    "monitoring-grafana",
    {
      metadata: metadata(owner),
      spec: {
        podSelector: { matchLabels: selector(owner) },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [podsNamed("prometheus")], ports: [{ protocol: "TCP", port: MONITORING_PORT.grafana }] }],
        egress: [{}],
      },
    },
    opts,
  );
  new Service("monitoring-grafana", headlessService(owner, [{ name: "http", port: MONITORING_PORT.grafana }]), opts);
  new PodDisruptionBudget("monitoring-grafana", disruptionBudget(owner), opts);
  const mount = (name: string, path: string, configMap: ConfigMap) => ({
    mount: { name, mountPath: path },
    volume: { name, configMap: { name: configMap.metadata.name } },
  });
  const files = [
    mount("sources", `${FOLDER}/datasources`, sources),
    mount("folders", `${FOLDER}/dashboards`, folders),
    { mount: { name: boards.name, mountPath: BOARDS }, volume: boards },
  ];
  new StatefulSet(
    "monitoring-grafana",
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
          { metadata: { name: "data", labels: labels(owner) }, spec: claimSpec("2Gi", site.storageClass) },
        ],
        template: monitoringPod({
          owner,
          image: GRAFANA_IMAGE,
          serviceAccount: account.metadata.name,
          args: [],
          env: [
            ...Object.entries(SETTINGS).map(([name, value]) => ({ name, value })),
            ...secretVariables([PASSWORD], login.metadata.name),
          ],
          ports: { http: MONITORING_PORT.grafana },
          ready: "/api/health",
          alive: "/api/health",
          cpu: "50m",
          memory: "256Mi",
          mounts: [{ name: "data", mountPath: "/var/lib/grafana" }, ...files.map((file) => file.mount)],
          volumes: files.map((file) => file.volume),
        }),
      },
    },
    { ...opts, dependsOn: [network] },
  );
}

/** Every dashboard as a file Grafana reads. */
export function dashboardFiles(systems: readonly Scope[]): Record<string, string> {
  const all = [...systems.flatMap(({ plan, stores }) => systemDashboards(plan, stores)), ...platformDashboards()].map(
    grafanaDashboard,
  );
  return Object.fromEntries(all.map((dashboard) => [`${dashboard.uid}.json`, JSON.stringify(dashboard)]));
}

function dataSource(): string {
  const url = `http://prometheus:${MONITORING_PORT.prometheus}`;
  return stringify({
    apiVersion: 1,
    datasources: [
      {
        name: "Prometheus",
        uid: "prometheus",
        type: "prometheus",
        access: "proxy",
        url,
        isDefault: true,
        editable: false,
      },
    ],
  });
}

function provider(): string {
  return stringify({
    apiVersion: 1,
    providers: [
      { name: "slipway", type: "file", disableDeletion: true, allowUiUpdates: false, options: { path: BOARDS } },
    ],
  });
}
