import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import type { Binaries } from "../config/binaries.ts";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { ClusterError } from "../config/cluster-error.ts";
import { flags } from "../config/flags.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { run, runInNetns } from "../config/run.ts";
import { makeNamespaceFile, removeNamespaceFile } from "./namespace-file.ts";

/** Name of the cluster's end of the link to the host. */
export const uplink = "uplink";

/** Name of the host's end of the link; the kernel allows 15 characters. */
export function linkName(cluster: string): string {
  const short = cluster.length <= 12 ? cluster : createHash("sha256").update(cluster).digest("hex").slice(0, 12);
  return `sw-${short}`;
}

/**
 * Makes the cluster's network namespace, the link to the host, the rules that hold every pod until its network policies
 * are in force, and the rule that lets pods reach beyond their own network.
 * Of the host's network only the link itself is new; it forwards nothing.
 */
export async function createNetwork(
  config: ClusterConfig,
  folders: ClusterFolders,
  { nft, networkPolicyController }: Pick<Binaries, "nft" | "networkPolicyController">,
): Promise<void> {
  const { host, node } = addresses(config);
  await refuseTakenRange(host);
  await makeNamespaceFile(folders.netns);
  const inside = async (...args: string[]) => await runInNetns(folders.netns, "ip", args);
  const link = linkName(config.name);
  await run("ip", ["link", "add", link, "type", "veth", "peer", "name", uplink, "netns", `slipway-${config.name}`]);
  await run("ip", ["address", "add", `${host}/30`, "dev", link]);
  await run("ip", ["link", "set", link, "up"]);
  await inside("link", "set", "lo", "up");
  await inside("address", "add", `${node}/30`, "dev", uplink);
  await inside("link", "set", uplink, "up");
  await inside("route", "add", "default", "via", host);
  await runInNetns(folders.netns, networkPolicyController, ["--hold", ...flags({ nft, uplink })]);
  await runInNetns(folders.netns, nft, ["-f", "-"], masquerade(config));
}

/** Removes link and namespace; what is already gone is no error. */
export async function removeNetwork(name: string, folders: ClusterFolders): Promise<void> {
  if (existsSync(`/sys/class/net/${linkName(name)}`)) await run("ip", ["link", "delete", linkName(name)]);
  await removeNamespaceFile(folders.netns);
}

async function refuseTakenRange(host: string): Promise<void> {
  const range = `${host.slice(0, host.lastIndexOf("."))}.0/30`;
  const routes = await run("ip", ["-o", "route", "show", "root", range]);
  if (routes === "") return;
  throw new ClusterError(
    `the range ${range} of the link to the cluster is already routed on this machine: ${routes.trim()}. Choose another --name.`,
  );
}

function masquerade(config: ClusterConfig): string {
  const { pods } = addresses(config);
  return `table ip slipway-nat {
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr ${pods} oifname "${uplink}" masquerade
  }
}
`;
}
