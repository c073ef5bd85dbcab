import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

/** Puts something back when it is asked to end; with "stubborn" it never does. */
const PROGRAM = `
import { setTimeout as sleep } from "node:timers/promises";
import { endOnSignals } from ${JSON.stringify(new URL("signals.ts", import.meta.url).href)};
import { untilInterrupted } from ${JSON.stringify(new URL("interrupted.ts", import.meta.url).href)};
endOnSignals();
await untilInterrupted(async (signal) => {
  console.log("working");
  if (process.argv.includes("stubborn")) return await sleep(60_000);
  await sleep(60_000, undefined, { signal }).catch(() => sleep(200));
  console.log("put back");
});
process.exitCode = 130;
`;

describe("work that puts something back", function () {
  this.timeout(20_000);

  async function started(...args: string[]) {
    const command = spawn(process.execPath, ["--input-type=module-typescript", "--eval", PROGRAM, ...args], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    command.stdout.on("data", (text: Buffer) => (said += text.toString()));
    await once(command.stdout, "data");
    return { command, said: () => said };
  }

  it("is not cut off by Ctrl-C: it ends when everything is back", async () => {
    const { command, said } = await started();
    command.kill("SIGINT");
    const [code] = (await once(command, "exit")) as [number];
    assert.deepEqual([code, said()], [130, "working\nput back\n"]);
  });

  it("is cut off by a second one", async () => {
    const { command } = await started("stubborn");
    command.kill("SIGINT");
    await new Promise((done) => setTimeout(done, 300));
    command.kill("SIGINT");
    const [code] = (await once(command, "exit")) as [number];
    assert.equal(code, 130);
  });
});
