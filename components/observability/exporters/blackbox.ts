import { ConfigMap, Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount } from "../../kinds.ts";
import { GATEWAY_PORT } from "../../../model/names.ts";
import { disruptionBudget } from "../../manifests/disruption-budget.ts";
import { serviceAccount } from "../../manifests/service-account.ts";
import { settingsMap } from "../../manifests/settings.ts";
import type { Peer } from "../../platform.ts";
import { monitoringPod } from "../pod.ts";
import { address, one } from "../single-pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "../site.ts";
import { from, to, traffic } from "../traffic.ts";

/** Asks through public entries. Anything the gateway itself answers counts, also "not found" and "who are you?". */
const PROBE = `modules:
  entry:
    prober: http
    timeout: 4s
    http:
      valid_status_codes: [200, 201, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 429]
      follow_redirects: false
      preferred_ip_protocol: ip4
`;

/** The probe of every system's public entry; `entries` are the pods behind them. */
export function runBlackbox(site: MonitoringSite, entries: readonly Peer[]): void {
  const { opts, image } = site;
  const owner = monitoringOwner(site, "blackbox-exporter");
  const account = new ServiceAccount("monitoring-blackbox", serviceAccount(owner), opts);
  const settings = new ConfigMap("monitoring-blackbox", settingsMap(owner, { "blackbox.yml": PROBE }), opts);
  const network = new NetworkPolicy(
    "monitoring-blackbox",
    traffic(owner, [from(["prometheus"], MONITORING_PORT.blackbox)], to(entries, GATEWAY_PORT.web)),
    opts,
  );
  new PodDisruptionBudget("monitoring-blackbox", disruptionBudget(owner), opts);
  new Service("monitoring-blackbox", address(owner, MONITORING_PORT.blackbox), opts);
  new Deployment(
    "monitoring-blackbox",
    one(
      owner,
      monitoringPod({
        owner,
        image: image("blackbox-exporter"),
        serviceAccount: account.metadata.name,
        args: ["--config.file=/etc/blackbox/blackbox.yml"],
        ports: { http: MONITORING_PORT.blackbox },
        ready: "/-/healthy",
        alive: "/-/healthy",
        cpu: "10m",
        memory: "48Mi",
        mounts: [{ name: "settings", mountPath: "/etc/blackbox" }],
        volumes: [{ name: "settings", configMap: { name: settings.metadata.name } }],
      }),
    ),
    { ...opts, dependsOn: [network] },
  );
}
