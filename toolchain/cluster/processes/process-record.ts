import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clusterFolders } from "../config/folders.ts";
import { isRunning } from "../../machine/proc.ts";
import type { ProcessPlan, ProcessSpec } from "../config/process-spec.ts";
import { writeAtomically } from "../../machine/write-atomically.ts";

/** What is known about one started process. */
export interface ProcessRecord {
  readonly name: string;
  readonly pid: number;
  readonly startTime: string;
  /** Hash of its spec: another one means that it has to be replaced. */
  readonly spec: string;
  readonly startedAt: string;
  readonly restarts: number;
}

/** Hash of everything a process was started with. */
export function specHash(spec: ProcessSpec): string {
  return createHash("sha256").update(JSON.stringify(spec)).digest("hex").slice(0, 16);
}

/** Writes the record of a process. */
export function writeRecord(cluster: string, record: ProcessRecord): void {
  writeAtomically(recordFile(cluster, record.name), JSON.stringify(record));
}

/** The record of a process that is still running under it, else undefined. */
export function readRecord(cluster: string, name: string): ProcessRecord | undefined {
  const record = readJson<ProcessRecord>(recordFile(cluster, name));
  return record !== undefined && isRunning(record.pid, record.startTime) ? record : undefined;
}

/** The plan of the last `up`, or undefined when there is none. */
export function readPlan(cluster: string): ProcessPlan | undefined {
  return readJson<ProcessPlan>(planFile(cluster));
}

/** Records what the supervisor has to run. Answers whether that is something new. */
export function writePlan(plan: ProcessPlan): boolean {
  if (JSON.stringify(readPlan(plan.cluster)) === JSON.stringify(plan)) return false;
  writeAtomically(planFile(plan.cluster), JSON.stringify(plan));
  return true;
}

function planFile(cluster: string): string {
  return join(clusterFolders(cluster).run, "plan.json");
}

function recordFile(cluster: string, name: string): string {
  return join(clusterFolders(cluster).run, "processes", `${name}.json`);
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}
