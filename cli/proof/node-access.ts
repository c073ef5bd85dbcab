import type { NodeAccess, PodProcess } from "../../experiments/ground.ts";
import { isContainerInit, isRunning, processIds, readProc, startTime } from "../../toolchain/machine/proc.ts";
import { placeOf } from "../stack/place.ts";
import type { StackSettings } from "../stack/stack-settings.ts";

/** Processes of pods, where this machine is their node and this user its administrator; null elsewhere. */
export function nodeAccess(settings: StackSettings): NodeAccess | null {
  if (placeOf(settings) !== "embedded" || process.getuid?.() !== 0) return null;
  return { processesOf, signal };
}

/** The name of the process that only holds a pod's namespaces. */
const PAUSE = "pause";

function processesOf(podUid: string): PodProcess[] {
  const names = [podUid, podUid.replaceAll("-", "_")]; // as the two drivers of cgroups write it
  return processIds().flatMap((pid) => {
    const groups = readProc(pid, "cgroup") ?? "";
    if (!names.some((name) => groups.includes(name)) || !isContainerInit(pid)) return [];
    const started = startTime(pid);
    return started === undefined || readProc(pid, "comm")?.trim() === PAUSE ? [] : [{ pid, startTime: started }];
  });
}

function signal({ pid, startTime: started }: PodProcess, name: "SIGSTOP" | "SIGCONT" | "SIGKILL"): boolean {
  if (!isRunning(pid, started)) return false;
  process.kill(pid, name);
  return true;
}
