import { setTimeout as sleep } from "node:timers/promises";
import { ClusterError } from "./cluster-error.ts";

/** Asks again and again until the answer is yes; a look that fails counts as no. `explain` tells why it never was. */
export async function waitUntil(
  what: string,
  seconds: number,
  look: () => Promise<boolean>,
  explain: (lastError: string) => string,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  let lastError = "";
  for (;;) {
    try {
      if (await look()) return;
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) throw new ClusterError(`${what}: not within ${seconds} s. ${explain(lastError)}`);
    await sleep(100);
  }
}
