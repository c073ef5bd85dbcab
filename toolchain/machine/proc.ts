import { visible } from "../../model/harmless/visible.ts";
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";

/** Ids of all processes of this machine. */
export function processIds(): number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

/** Start time of a process in clock ticks since boot: with the id it names one process for ever. Undefined once it ended. */
export function startTime(pid: number): string | undefined {
  const text = readProc(pid, "stat");
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" "); // the name before it may hold blanks
  return fields[0] === "Z" ? undefined : fields[19];
}

/** Whether the very process that was recorded is still running. */
export function isRunning(pid: number, recordedStart: string): boolean {
  return startTime(pid) === recordedStart;
}

/** Processes inside the network namespace that is mounted at `file`. */
export function processesInNetns(file: string): number[] {
  let inode: number;
  try {
    inode = statSync(file).ino;
  } catch {
    return [];
  }
  return processIds().filter((pid) => readLink(`/proc/${pid}/ns/net`) === `net:[${inode}]`);
}

/** Command line of a process for messages, cut to one line. */
export function commandLine(pid: number): string {
  return visible((readProc(pid, "cmdline") ?? "").split("\0").join(" ").trim().slice(0, 120));
}

/** Whether a process is the first of a pid namespace of its own, as the main process of every container is. */
export function isContainerInit(pid: number): boolean {
  const ids = /^NSpid:\s+(.*)$/m.exec(readProc(pid, "status") ?? "")?.[1]?.split(/\s+/) ?? [];
  return ids.length > 1 && ids.at(-1) === "1";
}

/** Reads a small file of a process, or undefined when the process is gone. */
export function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
