import { existsSync, writeFileSync } from "node:fs";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { runInNetns } from "../config/run.ts";
import { apiServerPort } from "../control-plane/control-plane.ts";
import { linkName, uplink } from "./network.ts";

const ipv6Settings = "/proc/sys/net/ipv6/conf";

/** What switches IPv6 off in a network namespace, for links that come later too; nothing on a kernel without IPv6. */
export function ipv6Off(): Readonly<Record<string, string>> {
  if (!existsSync(ipv6Settings)) return {};
  return { "net.ipv6.conf.all.disable_ipv6": "1", "net.ipv6.conf.default.disable_ipv6": "1" };
}

/**
 * Closes what no NetworkPolicy is about: IPv6, in which nothing of the cluster has an address; senders under an address
 * that is not theirs; and the link to the host, over which everybody there, web pages among them, and whoever else the host
 * forwards packets for would go around the forwarder. Every `up` does it again, so that it also reaches a cluster that runs.
 */
export async function guardNetwork(config: ClusterConfig, folders: ClusterFolders, nft: string): Promise<void> {
  const link = `${ipv6Settings}/${linkName(config.name)}/disable_ipv6`;
  if (existsSync(link)) writeFileSync(link, "1");
  for (const [name, value] of Object.entries(ipv6Off()))
    await runInNetns(folders.netns, "tee", [`/proc/sys/${name.replaceAll(".", "/")}`], value);
  await runInNetns(folders.netns, nft, ["-f", "-"], guard(addresses(config)));
}

/**
 * After the connection tracking, so that answers to the cluster's own calls are known, and before Services are rewritten.
 * The supervisor asks the API server over the link whether it is ready; that one asks everybody for a certificate.
 */
function guard({ host, node }: { host: string; node: string }): string {
  return `add table inet slipway-guard
delete table inet slipway-guard
table inet slipway-guard {
  chain arriving {
    type filter hook prerouting priority mangle; policy accept;
    iifname "lo" accept
    meta nfproto ipv6 counter drop
    fib saddr . iif oif missing counter drop
    iifname "${uplink}" ip saddr ${host} ip daddr ${node} tcp dport ${apiServerPort} accept
    iifname "${uplink}" ct state != { established, related } counter drop
  }
  chain leaving {
    type filter hook output priority filter; policy accept;
    oifname != "lo" meta nfproto ipv6 counter drop
  }
}
`;
}
