import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { stateHome } from "../machine/cache-folders.ts";
import { readProc } from "../machine/proc.ts";

/** Who holds the engine's lock on a stack: a process that works on it, or one that was killed and left it behind. */
export interface EngineLock {
  readonly pid: number;
  readonly host: string;
  readonly holder: "runs" | "is gone" | "is elsewhere";
}

/** Locks on a stack in the state of this machine. The engine itself cannot tell a dead holder from a living one. */
export function engineLocks(project: string, stack: string): EngineLock[] {
  const folder = join(stateHome(), "pulumi", ".pulumi", "locks", "organization", project, stack);
  return readLocks(folder).map(({ pid, hostname: host }) => ({
    pid,
    host,
    holder: host === hostname() ? stateOf(pid) : "is elsewhere",
  }));
}

function stateOf(pid: number): "runs" | "is gone" {
  return readProc(pid, "comm")?.trim() === "pulumi" ? "runs" : "is gone";
}

function readLocks(folder: string): { pid: number; hostname: string }[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
    return files.map(
      (file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as { pid: number; hostname: string },
    );
  } catch {
    return []; // no lock was ever taken, or it was given back between the two looks
  }
}
