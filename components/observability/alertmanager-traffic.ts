import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import type { Destination } from "../../monitors/contacts.ts";
import type { Owner } from "../manifests/metadata.ts";
import { podsNamed } from "../manifests/peers.ts";
import { MONITORING } from "../../model/names.ts";
import type { Peer } from "../platform.ts";
import { MONITORING_PORT } from "./site.ts";
import { from, to, traffic } from "./traffic.ts";

/** Credentials of the machine are handed out there. */
const LINK_LOCAL = "169.254.0.0/16";

/** Alertmanagers among themselves, and out to who carries their messages: mail, heartbeat, chat and pager. */
export function alertmanagerTraffic(
  owner: Owner,
  destinations: readonly Destination[],
  inside: readonly Input<string>[],
): types.input.networking.v1.NetworkPolicy {
  const { alertmanager: http, alertmanagerPeers } = MONITORING_PORT;
  const peers = [alertmanagerPeers, { protocol: "UDP", port: alertmanagerPeers }] as const;
  const here = destinations.filter(({ host }) => host.endsWith(SUFFIX));
  const outside = destinations.filter(({ host }) => !host.endsWith(SUFFIX)).map(({ port }) => port);
  return traffic(
    owner,
    [from(["prometheus"], http), from([owner.name], ...peers)],
    [
      ...to([podsNamed(owner.name)], ...peers),
      ...here.flatMap(({ host, port }) => to([podsNamed(host.slice(0, -SUFFIX.length))], port)),
      ...to(outside.length === 0 ? [] : [anywhereBut([LINK_LOCAL, ...inside])], ...new Set(outside)),
    ],
  );
}

/** How the hosts of the monitoring's own Services end. */
const SUFFIX = `.${MONITORING.namespace}.svc`;

/** Services of others have no address that stays: every address that is none of ours. */
function anywhereBut(except: Input<string>[]): Peer {
  return { ipBlock: { cidr: "0.0.0.0/0", except } };
}
