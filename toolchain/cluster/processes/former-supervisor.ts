import { daemonProcesses } from "../node/cgroups.ts";
import { supervisorLock } from "../config/folders.ts";
import { endProcess } from "../../machine/end-process.ts";
import { holderOf } from "../../machine/lock.ts";
import { readProc, startTime } from "../../machine/proc.ts";
import { readRecord } from "./process-record.ts";

/**
 * Ends a supervisor that took no lock file, as versions before the lock files did not. It is known by the place only root puts processes
 * into, and there by its command. The forwarder goes with it: each of the two would bring the other back as it was, and the
 * supervisor that follows starts its own. Everything else of the cluster goes on.
 */
export async function endFormerSupervisor(cluster: string): Promise<void> {
  const current = holderOf(supervisorLock(cluster))?.pid;
  const former = daemonProcesses(cluster).filter((pid) => pid !== current && supervises(pid, cluster));
  if (former.length === 0) return;
  const forwarder = readRecord(cluster, "forwarder");
  const pair = [
    ...former.map((pid) => ({ pid, started: startTime(pid) })),
    ...(forwarder === undefined ? [] : [{ pid: forwarder.pid, started: forwarder.startTime }]),
  ];
  await Promise.all(pair.map(({ pid, started }) => (started === undefined ? undefined : endProcess(pid, started, 0))));
}

function supervises(pid: number, cluster: string): boolean {
  const [, ...words] = (readProc(pid, "cmdline") ?? "").split("\0").filter((word) => word !== "");
  return words.at(-1) === cluster && /\/supervisor\.[jt]s$/.test(words.at(-2) ?? "");
}
