import { statfsSync, existsSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram } from "../../machine/machine.ts";
import { daemonProcesses } from "../node/cgroups.ts";
import { ClusterError } from "../config/cluster-error.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { portOwner } from "../../machine/port-owner.ts";

const neededBytes = 2 * 1024 ** 3; // images, etcd and the volumes of a small system
const programs = { ip: "iproute2", nsenter: "util-linux", unshare: "util-linux", flock: "util-linux", mount: "mount" };

/** Everything that would make `up` fail later, all at once and before anything is changed. */
export async function checkHost(config: ClusterConfig, folders: ClusterFolders): Promise<void> {
  const faults = [
    ...rootFault(config.name),
    ...programFaults(),
    ...diskFault(folders.state),
    ...(await portFaults(config)),
  ];
  if (faults.length > 0) throw new ClusterError(faults.join("\n"), 2);
}

/** Says what to do for somebody who is not root. */
export function rootFault(name: string): string[] {
  if (process.getuid?.() === 0) return [];
  return [
    `cluster ${name}: it needs root for network namespaces, mounts and cgroups, and this is user ${process.getuid?.()}. ` +
      "Run the command with sudo, or set `slipway:kubeContext` in the stack's settings to use a cluster of your own.",
  ];
}

/** Throws for somebody who is not root. */
export function requireRoot(name: string): void {
  const [fault] = rootFault(name);
  if (fault !== undefined) throw new ClusterError(fault, 2);
}

function programFaults(): string[] {
  return Object.entries(programs)
    .filter(([program]) => findProgram(program) === undefined)
    .map(([program, packageName]) => `program ${program} is not on this machine. Install the package ${packageName}.`);
}

function diskFault(folder: string): string[] {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  if (bavail * bsize >= neededBytes) return [];
  const gigabytes = ((bavail * bsize) / 1024 ** 3).toFixed(1);
  return [
    `${existing} has ${gigabytes} GiB free, wanted 2 GiB. Free some space, or set XDG_STATE_HOME to a folder on a larger disk.`,
  ];
}

async function portFaults({ name, apiPort, httpPort }: ClusterConfig): Promise<string[]> {
  if (apiPort === httpPort) return [`--api-port and --http-port are both ${apiPort}. Choose two different ports.`];
  const ours = new Set(daemonProcesses(name));
  const wanted = [
    ["api-port", apiPort],
    ["http-port", httpPort],
  ] as const;
  const faults = wanted.map(async ([option, port]) => {
    const owner = await lastingOwner(port);
    if (owner === undefined || ours.has(owner.pid)) return [];
    return [
      `port ${port} of 127.0.0.1 is taken by process ${owner.pid} (${owner.command}). End it, or choose another: slipway cluster up --name ${name} --${option} <port>.`,
    ];
  });
  return (await Promise.all(faults)).flat();
}

/** The socket of a process that was just killed stays for a moment, with no process to it. */
async function lastingOwner(port: number): Promise<ReturnType<typeof portOwner>> {
  let owner = portOwner(port);
  for (let tries = 0; tries < 20 && owner?.pid === 0; tries++) {
    await sleep(100);
    owner = portOwner(port);
  }
  return owner; // never asked once more: one of ours may be ending
}
