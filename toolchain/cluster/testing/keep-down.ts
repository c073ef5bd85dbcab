import { setTimeout as sleep } from "node:timers/promises";
import { signalProcess } from "../../machine/end-process.ts";
import { readRecord } from "../processes/process-record.ts";

/** Kills a daemon, and again whenever its supervisor has started it, until the answer is called. */
export async function keepDown(cluster: string, daemon: string): Promise<() => Promise<void>> {
  let down = true;
  const kill = () => {
    const record = readRecord(cluster, daemon);
    if (record !== undefined) signalProcess(record.pid, record.startTime, "SIGKILL");
  };
  kill();
  while (readRecord(cluster, daemon) !== undefined) await sleep(10);
  const killing = (async () => {
    while (down) {
      kill();
      await sleep(10);
    }
  })();
  return async () => {
    down = false;
    await killing;
  };
}
