import type { types } from "@pulumi/kubernetes";
import type { Input, Output } from "@pulumi/pulumi";
import type { Scope } from "../../monitors/scope.ts";
import {
  ConfigMap,
  NetworkPolicy,
  PodDisruptionBudget,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
} from "../kinds.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { secretVariables } from "../manifests/environment.ts";
import type { Owner } from "../manifests/metadata.ts";
import { podsNamed } from "../manifests/peers.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential, settingsMap } from "../manifests/settings.ts";
import { fileMaps } from "./file-maps.ts";
import { BOARDS, dashboardFiles, dataSource, provider, PROVISIONING } from "./grafana-files.ts";
import { KEPT, keptPods } from "./kept-pods.ts";
import { mountedMap, type Mounted } from "./mounted.ts";
import { monitoringPod } from "./pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";
import { from, to, traffic } from "./traffic.ts";

/** Grafana as its makers publish it; the digest says which build, whatever the tag says later. */
export const GRAFANA_IMAGE = {
  reference: "docker.io/grafana/grafana:12.4.0@sha256:b0ae311af06228bcfd4a620504b653db80f5b91e94dc3dc2a5b7dab202bcde20",
  version: "12.4.0",
} as const;

const NAME = "grafana";
const RESOURCE = `monitoring-${NAME}`;
const PASSWORD = "GF_SECURITY_ADMIN_PASSWORD";

/** Everything that is not a secret: nobody comes in without a password, and nothing is sent anywhere. */
const SETTINGS = {
  GF_AUTH_ANONYMOUS_ENABLED: "false",
  GF_USERS_ALLOW_SIGN_UP: "false",
  // It is reached through a forwarded port: a web page that gave its own name the address of this machine is sent away.
  GF_SERVER_DOMAIN: "localhost",
  GF_SERVER_ENFORCE_DOMAIN: "true",
  GF_SECURITY_COOKIE_SECURE: "true",
  GF_SECURITY_DISABLE_GRAVATAR: "true",
  GF_PLUGINS_PREINSTALL_DISABLED: "true",
  GF_ANALYTICS_REPORTING_ENABLED: "false",
  GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
  GF_PATHS_PROVISIONING: PROVISIONING,
  GF_PATHS_DATA: "/var/lib/grafana",
  GF_LOG_MODE: "console",
};

/** Grafana with its data source and every dashboard; what is changed by hand is gone after the next start. */
export function runGrafana(site: MonitoringSite, systems: readonly Scope[], password: Output<string>): void {
  const { opts, storageClass } = site;
  const owner = monitoringOwner(site, NAME);
  const account = new ServiceAccount(RESOURCE, serviceAccount(owner), opts);
  const login = new Secret(RESOURCE, credential(owner, { [PASSWORD]: password }), opts);
  const files = mountedFiles(site, owner, systems);
  const port = MONITORING_PORT.grafana;
  const network = new NetworkPolicy(RESOURCE, grafanaTraffic(owner), opts);
  new Service(RESOURCE, headlessService(owner, [{ name: "http", port }]), opts);
  new PodDisruptionBudget(RESOURCE, disruptionBudget(owner), opts);
  const template = pod(owner, files, { account: account.metadata.name, login: login.metadata.name });
  new StatefulSet(RESOURCE, keptPods(owner, { replicas: 1, storage: "2Gi", storageClass, template }), {
    ...opts,
    dependsOn: [network],
  });
}

function grafanaTraffic(owner: Owner): types.input.networking.v1.NetworkPolicy {
  const { prometheus, grafana } = MONITORING_PORT;
  return traffic(owner, [from(["prometheus"], grafana)], to([podsNamed("prometheus")], prometheus));
}

function mountedFiles(site: MonitoringSite, owner: Owner, systems: readonly Scope[]): Mounted[] {
  const map = (name: string, path: string, files: Record<string, string>) =>
    mountedMap(name, path, new ConfigMap(`${RESOURCE}-${name}`, settingsMap(owner, files), site.opts));
  const boards = fileMaps(site, owner, {
    name: `${RESOURCE}-dashboards`,
    files: dashboardFiles(systems),
    marks: { grafana_dashboard: "1" },
  });
  return [
    map("sources", `${PROVISIONING}/datasources`, { "prometheus.yaml": dataSource() }),
    map("folders", `${PROVISIONING}/dashboards`, { "slipway.yaml": provider() }),
    { mount: { name: boards.name, mountPath: BOARDS }, volume: boards },
  ];
}

function pod(
  owner: Owner,
  files: readonly Mounted[],
  { account, login }: { readonly account: Input<string>; readonly login: Input<string> },
): types.input.core.v1.PodTemplateSpec {
  return monitoringPod({
    owner,
    image: GRAFANA_IMAGE,
    serviceAccount: account,
    args: [],
    env: [...Object.entries(SETTINGS).map(([name, value]) => ({ name, value })), ...secretVariables([PASSWORD], login)],
    ports: { http: MONITORING_PORT.grafana },
    ready: "/api/health",
    alive: "/api/health",
    cpu: "50m",
    memory: "256Mi",
    mounts: [{ name: KEPT, mountPath: "/var/lib/grafana" }, ...files.map(({ mount }) => mount)],
    volumes: files.map(({ volume }) => volume),
  });
}
