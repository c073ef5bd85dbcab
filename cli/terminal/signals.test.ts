import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, startTime } from "../../toolchain/machine/proc.ts";

const PROGRAM = `
import { spawn } from "node:child_process";
import { endOnSignals, endsWithUs } from ${JSON.stringify(new URL("signals.ts", import.meta.url).href)};
endOnSignals();
console.log(endsWithUs(spawn("sleep", ["600"])).pid);
`;

describe("a command that is ended", () => {
  for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) {
    it(`takes along what it started, on ${signal}`, async () => {
      const command = spawn(process.execPath, ["--input-type=module-typescript", "--eval", PROGRAM], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const [line] = (await once(command.stdout, "data")) as [Buffer];
      const pid = Number(String(line));
      const started = startTime(pid) ?? "";
      assert.ok(isRunning(pid, started));
      command.kill(signal);
      await once(command, "exit");
      for (let wait = 0; wait < 50 && isRunning(pid, started); wait += 1) await sleep(20);
      assert.ok(!isRunning(pid, started));
    });
  }
});
