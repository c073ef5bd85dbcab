import { GATEWAY, GATEWAY_PORT, LABEL } from "../../model/names.ts";
import { podsIn } from "../manifests/peers.ts";
import type { EntryConnection } from "../platform.ts";
import type { LocalCluster } from "./cluster.ts";

/** Traefik as the cluster brings it; a port of this machine leads to it. */
export function connectEntry(system: string, { gatewayClass, url }: LocalCluster): EntryConnection {
  const traefik = podsIn(GATEWAY, { [LABEL.name]: GATEWAY });
  const hostOf = (name: string) => `${name}.${system}.localhost`; // every resolver answers it with this machine (RFC 6761)
  return { gatewayClass, port: GATEWAY_PORT.web, proxies: 0, peers: [traefik], url, hostOf, ready: [] };
}
