import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { clusterFolders } from "../config/folders.ts";
import { conditionHolds } from "./condition.ts";
import { endProcess } from "../../machine/end-process.ts";
import { isRunning, startTime } from "../../machine/proc.ts";
import { readRecord, specHash, writeRecord } from "./process-record.ts";
import type { ProcessRecord } from "./process-record.ts";
import type { ProcessSpec } from "../config/process-spec.ts";

const pollMs = 200; // an ended process is noticed after this long
const steadyMs = 30_000; // who ran this long starts again at once
const longestPauseMs = 10_000;

/** Pause before the next start after `failures` short runs in a row. */
export function pauseAfter(failures: number): number {
  return failures === 0 ? 100 : Math.min(250 * 2 ** (failures - 1), longestPauseMs);
}

/** Keeps one process running until `signal` aborts. It adopts the process a former supervisor started; aborting ends nothing. */
export async function supervise(cluster: string, spec: ProcessSpec, signal: AbortSignal): Promise<void> {
  let failures = 0;
  let restarts = 0;
  let record = await adopt(cluster, spec);
  while (!signal.aborted) {
    record ??= await start(cluster, spec, restarts, signal);
    if (record === undefined) return;
    await ended(record, signal);
    if (signal.aborted) return;
    failures = Date.now() - Date.parse(record.startedAt) > steadyMs ? 0 : failures + 1;
    restarts = record.restarts + 1;
    console.log(
      `${new Date().toISOString()} ${spec.name} (pid ${record.pid}) ended; starting it again in ${pauseAfter(failures)} ms`,
    );
    record = undefined;
    await sleep(pauseAfter(failures), undefined, { signal }).catch(() => undefined);
  }
}

async function adopt(cluster: string, spec: ProcessSpec): Promise<ProcessRecord | undefined> {
  const record = readRecord(cluster, spec.name);
  if (record === undefined || record.spec === specHash(spec)) return record;
  console.log(`${new Date().toISOString()} ${spec.name} (pid ${record.pid}) was started differently; replacing it`);
  await endProcess(record.pid, record.startTime);
  return undefined;
}

async function start(
  cluster: string,
  spec: ProcessSpec,
  restarts: number,
  signal: AbortSignal,
): Promise<ProcessRecord | undefined> {
  for (const condition of spec.after) {
    while (!(await conditionHolds(condition))) {
      if (signal.aborted) return undefined;
      await sleep(50);
    }
  }
  const pid = launch(cluster, spec);
  const record = {
    name: spec.name,
    pid,
    startTime: startTime(pid) ?? "",
    spec: specHash(spec),
    startedAt: new Date().toISOString(),
    restarts,
  };
  writeRecord(cluster, record);
  return record;
}

/** Output goes straight into a file, not through a pipe: the process must outlive its supervisor. */
function launch(cluster: string, spec: ProcessSpec): number {
  const folders = clusterFolders(cluster);
  mkdirSync(join(folders.state, "logs"), { recursive: true, mode: 0o700 });
  const log = openSync(join(folders.state, "logs", `${spec.name}.log`), "a", 0o600);
  const enter = spec.network === "cluster" ? ["nsenter", `--net=${folders.netns}`, "--"] : [];
  const [command = spec.command, ...args] = [...enter, spec.command, ...spec.args];
  const environment = { PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root", ...spec.env };
  const child = spawn(command, args, { cwd: "/", detached: true, stdio: ["ignore", log, log], env: environment });
  child.on("error", (error) =>
    console.log(`${new Date().toISOString()} ${spec.name} cannot be started: ${error.message}`),
  );
  child.unref();
  closeSync(log);
  return child.pid ?? 0;
}

async function ended(record: ProcessRecord, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && isRunning(record.pid, record.startTime)) await sleep(pollMs);
}
