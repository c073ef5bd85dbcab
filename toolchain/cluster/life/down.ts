import { existsSync, rmSync } from "node:fs";
import { standardProgress } from "../../machine/progress.ts";
import type { Progress } from "../../machine/progress.ts";
import { requireRoot } from "./check-host.ts";
import { checkOwner } from "./check-owner.ts";
import { checkName } from "../config/cluster-config.ts";
import { clusterFolders } from "../config/folders.ts";
import { holdCluster } from "./hold-cluster.ts";
import { stopSupervisor } from "../processes/start-supervisor.ts";
import { endProcesses, removeLeftovers } from "./tear-down.ts";

export interface ClusterDownOptions {
  /** Also deletes the state: etcd data, volumes, images, certificates. */
  readonly purge?: boolean | undefined;
}

/** Stops the cluster and removes everything it put on the host. The state stays, unless it is purged. Stopping twice is no error. */
export async function clusterDown(
  name: string,
  { purge = false }: ClusterDownOptions = {},
  progress: Progress = standardProgress(),
): Promise<void> {
  checkName(name);
  requireRoot(name);
  const folders = clusterFolders(name);
  await holdCluster(name, progress, async () => {
    checkOwner(name);
    const step = progress.step(`stopping cluster ${name}`, 10);
    try {
      await stopSupervisor(name);
      await endProcesses(name, step.note);
      step.note("removing network and cgroups");
      await removeLeftovers(name);
      if (purge && existsSync(folders.state)) rmSync(folders.state, { recursive: true });
      step.done(purge ? "gone, with its data" : `stopped; its data stay in ${folders.state}`);
    } catch (error) {
      step.failed();
      throw error;
    }
  });
}
