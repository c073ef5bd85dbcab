import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "../../machine/progress.ts";
import type { Binaries } from "../config/binaries.ts";
import { createCgroups } from "../node/cgroups.ts";
import { writeConfig } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { writeConfigFiles } from "./config-files.ts";
import { clusterFolders } from "../config/folders.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { lastLines } from "../processes/last-lines.ts";
import { makeMountPoints } from "../node/mount-points.ts";
import { guardNetwork } from "../node/guard.ts";
import { createNetwork } from "../node/network.ts";
import { ensurePki } from "../control-plane/pki.ts";
import { processPlan } from "./process-plan.ts";
import { readRecord, writePlan } from "../processes/process-record.ts";
import { startSupervisor, stopSupervisor, supervisorPid } from "../processes/start-supervisor.ts";
import { survivors } from "../processes/survivors.ts";
import { removeLeftovers } from "./tear-down.ts";
import { waitUntil } from "../config/wait-until.ts";
import { writeAtomically } from "../../machine/write-atomically.ts";

/** When the cluster was last started from nothing; restarts of single processes do not count. */
export function runningSince(cluster: string): Date {
  return new Date(readFileSync(join(clusterFolders(cluster).run, "began"), "utf8"));
}

/** Has every process of the cluster running or starting, whatever was there before. */
export async function startProcesses(
  config: ClusterConfig,
  folders: ClusterFolders,
  binaries: Binaries,
  step: Step,
): Promise<void> {
  if (survivors(config.name).length === 0) {
    await stopSupervisor(config.name);
    await removeLeftovers(config.name); // of a reboot or a kill
  }
  writeConfig(config);
  step.note("certificates");
  await ensurePki(config, join(folders.state, "pki"));
  writeConfigFiles(config, folders, binaries);
  if (survivors(config.name).length === 0) {
    step.note("network");
    makeMountPoints();
    createCgroups(config.name);
    await createNetwork(config, folders, binaries);
    writeAtomically(join(folders.run, "began"), new Date().toISOString());
  }
  await guardNetwork(config, folders, binaries.nft);
  const changed = writePlan(processPlan(config, folders, binaries));
  if (changed) await stopSupervisor(config.name); // the next one reads the new plan and replaces what differs
  if (supervisorPid(config.name) === undefined) startSupervisor(config.name);
  const works = async () => Promise.resolve(readRecord(config.name, "etcd") !== undefined);
  await waitUntil("the supervisor starts nothing", 20, works, () => lastLines(config.name, "supervisor"));
}
