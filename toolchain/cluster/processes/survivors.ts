import { daemonProcesses } from "../node/cgroups.ts";
import { clusterFolders } from "../config/folders.ts";
import { processesInNetns } from "../../machine/proc.ts";

/**
 * Daemons and shims of a cluster that run, whoever started them. They are told by cgroup and network namespace together:
 * a shell somebody opened in the namespace is not ours, and pods have mounts of their own.
 */
export function survivors(cluster: string): number[] {
  const ours = new Set(daemonProcesses(cluster));
  return processesInNetns(clusterFolders(cluster).netns).filter((pid) => ours.has(pid));
}
