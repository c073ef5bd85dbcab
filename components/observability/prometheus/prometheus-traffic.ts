import type { types } from "@pulumi/kubernetes";
import type { SystemPlan } from "../../../model/plan.ts";
import { GATEWAY, GATEWAY_PORT, KUBELET_PORT, LABEL, PORT } from "../../../model/names.ts";
import type { Owner } from "../../manifests/metadata.ts";
import { podsIn, podsNamed } from "../../manifests/peers.ts";
import { KAFKA_METRICS_PORT } from "../../manifests/stores/kafka.ts";
import { MARIADB_METRICS_PORT } from "../../manifests/stores/mariadb.ts";
import { POSTGRES_METRICS_PORT } from "../../manifests/stores/postgres.ts";
import { REDIS_METRICS_PORT } from "../../manifests/stores/redis.ts";
import { EXPORTER } from "./broker-jobs.ts";
import { BESIDE, type ScrapeParts } from "./scrape-config.ts";
import { MONITORING_PORT, type Surroundings } from "../site.ts";
import { from, to, toAll, traffic } from "../traffic.ts";

/** To everything that is scraped, at the port where it is scraped; nobody but Grafana may ask it. */
export function prometheusTraffic(
  owner: Owner,
  scrape: ScrapeParts,
  { apiServer, machines }: Surroundings,
): types.input.networking.v1.NetworkPolicy {
  const ofSystems = (component: string) =>
    scrape.plans.map(({ name }) => podsIn(name, { [LABEL.component]: component }));
  const { alertmanager, kubeState, node, blackbox } = MONITORING_PORT;
  return traffic(
    owner,
    [from(["grafana"], MONITORING_PORT.prometheus)],
    [
      ...toAll(apiServer),
      ...to(machines, KUBELET_PORT, ...(scrape.stores === "cloud" ? Object.values(EXPORTER) : [])),
      ...to(ofSystems("service"), PORT.metrics),
      ...(scrape.stores === "pods" ? to(ofSystems("store"), ...storePorts(scrape.plans)) : []),
      ...to(gateways(scrape), GATEWAY_PORT.metrics),
      ...to([podsNamed("alertmanager")], alertmanager),
      ...to([podsNamed("kube-state-metrics")], kubeState),
      ...to([podsNamed("node-exporter")], node),
      ...to([podsNamed("blackbox-exporter")], blackbox),
      ...scrape.beside.flatMap((name) => to([podsNamed(name)], BESIDE[name])),
    ],
  );
}

/** Pods of the gateways, wherever they are. */
export function gateways({ gatewayNamespaces }: Pick<ScrapeParts, "gatewayNamespaces">) {
  return gatewayNamespaces.map((namespace) => podsIn(namespace, { [LABEL.name]: GATEWAY }));
}

/** Where the exporters of stores listen, as far as some system has one of their kind. */
export function storePorts(plans: readonly SystemPlan[]): number[] {
  const kinds = new Set(plans.flatMap(({ stores }) => stores.map(({ kind }) => kind)));
  return [
    ...[KAFKA_METRICS_PORT, MARIADB_METRICS_PORT],
    ...(kinds.has("postgres") ? [POSTGRES_METRICS_PORT] : []),
    ...(kinds.has("redis") ? [REDIS_METRICS_PORT] : []),
  ];
}
