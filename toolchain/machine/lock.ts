import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ownFolder } from "./own-folder.ts";
import { isRunning, startTime } from "./proc.ts";
import { removeIfEmpty } from "./remove-if-empty.ts";
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
  for (;;) {
    const descriptor = openLock(file);
    if (descriptor === undefined) continue; // the last holder took the empty folder away meanwhile
    const held = hold(descriptor);
    if (held && isStill(file, descriptor)) return heldLock(file, descriptor);
    closeSync(descriptor);
    if (!held) return undefined; // else it is the file of a holder who let go and removed it: there is a newer one
  }
}

function heldLock(file: string, descriptor: number): Lock {
  ftruncateSync(descriptor);
  writeSync(descriptor, `${process.pid} ${startTime(process.pid) ?? ""}`, 0);
  const release = () => {
    rmSync(file, { force: true }); // while it is still held, so that it is never somebody else's that goes
    closeSync(descriptor);
    removeIfEmpty(dirname(file));
  };
  return { release };
}

/** Who holds a lock; undefined when nobody does, or somebody who has just taken it. */
export function holderOf(file: string): Holder | undefined {
  const [, pid, started = ""] = /^(\d{1,10}) (\d+)$/.exec(read(file)) ?? [];
  return pid !== undefined && isRunning(Number(pid), started) ? { pid: Number(pid), startTime: started } : undefined;
}

function openLock(file: string): number | undefined {
  try {
    ownFolder(dirname(file));
    return openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ToolError(
      `${file} cannot be opened: ${(error as Error).message}`,
      "if another user ran slipway in these folders, root for example, run it as that user again",
    );
  }
}

function isStill(file: string, descriptor: number): boolean {
  return statSync(file, { throwIfNoEntry: false })?.ino === fstatSync(descriptor).ino;
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
