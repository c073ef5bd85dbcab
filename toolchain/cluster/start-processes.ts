import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "../progress.ts";
import type { Binaries } from "./binaries.ts";
import { createCgroups } from "./cgroups.ts";
import { writeConfig } from "./cluster-config.ts";
import type { ClusterConfig } from "./cluster-config.ts";
import { writeConfigFiles } from "./config-files.ts";
import { clusterFolders } from "./folders.ts";
import type { ClusterFolders } from "./folders.ts";
import { lastLines } from "./last-lines.ts";
import { makeMountPoints } from "./mount-points.ts";
import { createNetwork } from "./network.ts";
import { ensurePki } from "./pki.ts";
import { processPlan } from "./process-plan.ts";
import { readRecord, writePlan } from "./process-record.ts";
import { startSupervisor, stopSupervisor, supervisorPid } from "./start-supervisor.ts";
import { survivors } from "./survivors.ts";
import { removeLeftovers } from "./tear-down.ts";
import { waitUntil } from "./wait-until.ts";
import { writeAtomically } from "./write-atomically.ts";

/** When the cluster was last started from nothing; restarts of single processes do not count. */
export function runningSince(cluster: string): Date {
  return new Date(readFileSync(join(clusterFolders(cluster).run, "began"), "utf8"));
}

/** Has every process of the cluster running or starting, whatever was there before. */
export async function startProcesses(config: ClusterConfig, folders: ClusterFolders, binaries: Binaries, step: Step): Promise<void> {
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
    await createNetwork(config, folders, binaries.nft);
    writeAtomically(join(folders.run, "began"), new Date().toISOString());
  }
  const changed = writePlan(processPlan(config, folders, binaries));
  if (changed) await stopSupervisor(config.name); // the next one reads the new plan and replaces what differs
  if ((await supervisorPid(config.name)) === undefined) startSupervisor(config.name);
  const works = async () => Promise.resolve(readRecord(config.name, "etcd") !== undefined);
  await waitUntil("the supervisor starts nothing", 20, works, () => lastLines(config.name, "supervisor"));
}
