import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { daemonProcesses, podProcesses, removeCgroups } from "../node/cgroups.ts";
import { endProcess, signalProcess } from "../../machine/end-process.ts";
import { clusterFolders, locks, supervisorLock } from "../config/folders.ts";
import { removeNetwork } from "../node/network.ts";
import { isContainerInit, readProc, startTime } from "../../machine/proc.ts";
import { readPlan, readRecord } from "../processes/process-record.ts";
import { removeIfEmpty } from "../../machine/remove-if-empty.ts";
import { removeMountPoints } from "../node/mount-points.ts";

const podGraceMs = 20_000; // a database writes its buffers out in this time
const shimGraceMs = 3000;

/** Ends every process of the cluster: pods first, so that they can write their data, then what carries them. */
export async function endProcesses(cluster: string, note: (text: string) => void): Promise<void> {
  await endNamed(cluster, ["kubelet"]); // else it would start the pods again
  note("ending pods");
  await endPods(cluster);
  note("ending the control plane");
  const all = readPlan(cluster)?.processes.map(({ name }) => name) ?? [];
  await endNamed(
    cluster,
    all.filter((name) => name !== "etcd"),
  );
  await endNamed(cluster, ["etcd"]);
  await endAll(daemonProcesses(cluster)); // what no record knows
}

/** Removes what ended processes left behind. What is already gone is no error. */
export async function removeLeftovers(cluster: string): Promise<void> {
  const folders = clusterFolders(cluster);
  await endAll([...podProcesses(cluster), ...daemonProcesses(cluster)]);
  await removeNetwork(cluster, folders);
  for (let tries = 0; !removeCgroups(cluster) && tries < 50; tries++) await sleep(100); // the kernel frees them a moment after the last process
  const left = existsSync(folders.run) ? readdirSync(folders.run).filter((name) => name !== locks) : [];
  for (const name of left) rmSync(join(folders.run, name), { recursive: true, force: true });
  rmSync(supervisorLock(cluster), { force: true }); // of one that was killed; the cluster's own lock is held by who calls this
}

/** Removes the folders of a cluster of which nothing is left, and with the last cluster what all of them share. */
export function removeEmptyFolders(cluster: string): void {
  const { run } = clusterFolders(cluster);
  for (const folder of [run, dirname(run)]) removeIfEmpty(folder);
  if (!existsSync(dirname(run))) removeMountPoints();
}

async function endNamed(cluster: string, names: readonly string[]): Promise<void> {
  const records = names.map((name) => readRecord(cluster, name)).filter((record) => record !== undefined);
  await Promise.all(records.map(async ({ pid, startTime: started }) => await endProcess(pid, started)));
}

/** Asks the main process of every container to end; the sandboxes, and whoever did not listen, are killed after the grace time. */
async function endPods(cluster: string): Promise<void> {
  const containers = () =>
    podProcesses(cluster).filter((pid) => isContainerInit(pid) && readProc(pid, "comm")?.trim() !== "pause");
  for (const pid of containers()) signalProcess(pid, startTime(pid) ?? "", "SIGTERM");
  const deadline = Date.now() + podGraceMs;
  while (containers().length > 0 && Date.now() < deadline) await sleep(100);
  await endAll(podProcesses(cluster), "SIGKILL");
  const shimDeadline = Date.now() + shimGraceMs;
  while (shims(cluster).length > 0 && Date.now() < shimDeadline) await sleep(50); // containerd removes each with its mounts
  await endAll(shims(cluster), "SIGKILL");
}

function shims(cluster: string): number[] {
  return daemonProcesses(cluster).filter((pid) => readProc(pid, "comm")?.startsWith("containerd-shim"));
}

async function endAll(pids: readonly number[], signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
  const graceMs = signal === "SIGTERM" ? 3000 : 0;
  await Promise.all(
    [...new Set(pids)].map(async (pid) => {
      const started = startTime(pid);
      if (started !== undefined && pid !== process.pid) await endProcess(pid, started, graceMs);
    }),
  );
}
