import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

describe("an engine that previews", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-engine-"));
  const [started, asked] = [join(folder, "started"), join(folder, "asked")];
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is asked to end when the command ends on a signal", async () => {
    const engine = join(folder, "engine");
    writeFileSync(engine, `#!/bin/sh\ntrap 'touch ${asked}; exit 1' INT\ntouch ${started}\nsleep 20 & wait\n`, {
      mode: 0o700,
    });
    const program = `
      const { runEngine } = await import(${JSON.stringify(join(import.meta.dirname, "run-engine.ts"))});
      process.on("SIGTERM", () => process.exit(143));
      await runEngine({ pulumi: ${JSON.stringify(engine)}, args: [], cwd: "/", env: process.env, onEvent: () => {} });`;
    const command = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore" });
    const ended = once(command, "exit");
    while (!existsSync(started)) await sleep(50);
    command.kill("SIGTERM");
    assert.deepEqual(await ended, [143, null]);
    for (let waited = 0; !existsSync(asked) && waited < 5000; waited += 50) await sleep(50);
    assert.ok(existsSync(asked));
  });
});
