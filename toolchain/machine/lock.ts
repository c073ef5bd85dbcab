import { spawnSync } from "node:child_process";
import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ownFolder } from "./own-folder.ts";
import { isRunning, startTime } from "./proc.ts";
import { ToolError } from "./tool-error.ts";

/** A lock that this process holds. */
export interface Lock {
  release(): void;
}

/** The very process that holds a lock, as it wrote itself down. */
export interface Holder {
  readonly pid: number;
  readonly startTime: string;
}

/** What flock(1) answers when somebody else holds the lock. */
const BUSY = 1;

/**
 * Runs `work` while this process alone holds the lock `file`. The kernel frees it however the holder ends, so no stale lock can exist;
 * the file lies in a folder only this user may use, so nobody else can hold it or name a process in it.
 */
export async function withLock<T>(file: string, onWait: (holder: string) => void, work: () => Promise<T>): Promise<T> {
  let told = false;
  for (;;) {
    const lock = tryLock(file);
    if (lock !== undefined) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!told) onWait(String(holderOf(file)?.pid ?? "unknown"));
    told = true;
    await sleep(300);
  }
}

/** Takes the lock, or answers undefined when somebody holds it. */
export function tryLock(file: string): Lock | undefined {
  ownFolder(dirname(file));
  const descriptor = openLock(file);
  if (!hold(descriptor)) {
    closeSync(descriptor);
    return undefined;
  }
  ftruncateSync(descriptor);
  writeSync(descriptor, `${process.pid} ${startTime(process.pid) ?? ""}`, 0);
  return {
    release: () => {
      ftruncateSync(descriptor);
      closeSync(descriptor);
    },
  };
}

/** Who holds a lock; undefined when nobody does, or somebody who has just taken it. */
export function holderOf(file: string): Holder | undefined {
  const [, pid, started = ""] = /^(\d{1,10}) (\d+)$/.exec(read(file)) ?? [];
  return pid !== undefined && isRunning(Number(pid), started) ? { pid: Number(pid), startTime: started } : undefined;
}

function openLock(file: string): number {
  try {
    return openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    throw new ToolError(
      `${file} cannot be opened: ${(error as Error).message}`,
      "if another user ran slipway in these folders, root for example, run it as that user again",
    );
  }
}

/** Locks an open file. The lock belongs to what is open here, not to the program that asks for it, and stays when that ends. */
function hold(descriptor: number): boolean {
  const { status, error } = spawnSync("flock", ["-n", "3"], { stdio: ["ignore", "ignore", "ignore", descriptor] });
  if (error !== undefined)
    throw new ToolError(`program flock cannot be started: ${error.message}`, "install the package util-linux");
  if (status !== 0 && status !== BUSY) throw new Error(`flock ended with ${status ?? "a signal"}`);
  return status === 0;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // never taken, or not ours to see
  }
}
