import { GATEWAY, GATEWAY_PORT, LABEL, localHost } from "../../model/names.ts";
import { podsIn } from "../manifests/peers.ts";
import type { EntryConnection } from "../platform.ts";
import type { LocalCluster } from "./cluster.ts";

/** Traefik as the cluster brings it; a port of this machine leads to it. */
export function connectEntry(system: string, { gatewayClass, url }: LocalCluster): EntryConnection {
  const traefik = podsIn(GATEWAY, { [LABEL.name]: GATEWAY });
  const ownHost = localHost(system);
  const hostOf = (name: string) => `${name}.${ownHost}`;
  return {
    gatewayClass,
    port: GATEWAY_PORT.web,
    proxies: 0,
    gateways: 1,
    peers: [traefik],
    url,
    ownHost,
    hostOf,
    ready: [],
  };
}
