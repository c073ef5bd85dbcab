import { LABEL } from "../../model/names.ts";
import { podsIn } from "../manifests/peers.ts";
import type { EntryConnection } from "../platform.ts";
import type { LocalCluster } from "./cluster.ts";

/** Traefik as the cluster brings it; a port of this machine leads to it. */
export function connectEntry({ gatewayClass, gatewayPort, url }: LocalCluster): EntryConnection {
  const traefik = podsIn("traefik", { [LABEL.name]: "traefik" });
  return { gatewayClass, port: gatewayPort, proxies: 0, peers: [traefik], url, ready: [] };
}
