/** What the way through the forwarder of an embedded cluster costs a request, beside the same request without it. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, listen } from "../toolchain/machine/free-port.ts";

const REQUESTS = 3000;
const ROUNDS = 7;

const state = mkdtempSync(join(tmpdir(), "slipway-bench-forwarder-"));
const target = createServer((_, response) => response.end("answer"));
const direct = await listen(target);
const through = await freePort();
const forwarder = start(`http:${through}=127.0.0.1:${direct}`);

function start(route: string): ChildProcess {
  const program = join(import.meta.dirname, "../toolchain/cluster/processes/forwarder.ts");
  const env = { ...process.env, XDG_STATE_HOME: state };
  return spawn(process.execPath, [program, "bench", "", route], { env, stdio: "ignore" });
}

function ask(port: number, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, agent }, (answer) => answer.resume().on("end", resolve))
      .on("error", reject)
      .end();
  });
}

/** Milliseconds that one request takes, sent one after the other. */
async function measure(port: number, keepAlive: boolean): Promise<number> {
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  const began = performance.now();
  for (let sent = 0; sent < REQUESTS; sent++) await ask(port, agent);
  agent.destroy();
  return (performance.now() - began) / REQUESTS;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

try {
  while (
    await ask(through, new Agent()).then(
      () => false,
      () => true,
    )
  )
    await sleep(50);
  for (const keepAlive of [true, false]) {
    const [without, within]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      without.push(await measure(direct, keepAlive));
      within.push(await measure(through, keepAlive));
    }
    const added = median(within) - median(without);
    console.log(
      `${keepAlive ? "kept connection" : "new connection"}: ${median(without).toFixed(3)} ms without, ${median(within).toFixed(3)} ms through the forwarder, ${added.toFixed(3)} ms more`,
    );
  }
} finally {
  forwarder.kill();
  target.close();
  target.closeAllConnections();
  rmSync(state, { recursive: true, force: true });
}
