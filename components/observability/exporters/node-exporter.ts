import { NetworkPolicy, ServiceAccount } from "../../kinds.ts";
import { metadata, selector } from "../../manifests/metadata.ts";
import { serviceAccount } from "../../manifests/service-account.ts";
import { DaemonSet } from "../kinds.ts";
import { monitoringPod } from "../pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "../site.ts";
import { from, traffic } from "../traffic.ts";

/** Figures of every node. No access to the host is needed: its processors, memory and disk show in any container. */
export function runNodeExporter(site: MonitoringSite): void {
  const { opts, image } = site;
  const owner = monitoringOwner(site, "node-exporter");
  const account = new ServiceAccount("monitoring-node", serviceAccount(owner), opts);
  const network = new NetworkPolicy(
    "monitoring-node",
    traffic(owner, [from(["prometheus"], MONITORING_PORT.node)], []),
    opts,
  );
  const template = monitoringPod({
    owner,
    image: image("node-exporter"),
    serviceAccount: account.metadata.name,
    args: [
      "--collector.disable-defaults",
      "--collector.cpu",
      "--collector.meminfo",
      "--collector.loadavg",
      "--collector.filesystem",
    ],
    ports: { http: MONITORING_PORT.node },
    ready: "/",
    alive: "/",
    cpu: "10m",
    memory: "40Mi",
    everywhere: true,
  });
  new DaemonSet(
    "monitoring-node",
    {
      metadata: metadata(owner),
      spec: { selector: { matchLabels: selector(owner) }, updateStrategy: { type: "RollingUpdate" }, template },
    },
    { ...opts, dependsOn: [network] },
  );
}
