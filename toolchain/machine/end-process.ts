import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "./proc.ts";

/** Asks a process to end and, after the grace time, makes it end. Touches nothing when the id belongs to another process by now. */
export async function endProcess(pid: number, recordedStart: string, graceMs = 8000): Promise<void> {
  signalProcess(pid, recordedStart, "SIGTERM");
  const deadline = Date.now() + graceMs;
  while (isRunning(pid, recordedStart) && Date.now() < deadline) await sleep(50);
  signalProcess(pid, recordedStart, "SIGKILL");
  while (isRunning(pid, recordedStart)) await sleep(20);
}

/** Sends a signal to exactly the recorded process. */
export function signalProcess(pid: number, recordedStart: string, signal: NodeJS.Signals): void {
  if (!isRunning(pid, recordedStart)) return;
  try {
    process.kill(pid, signal);
  } catch {
    // ended between the look and the signal
  }
}
