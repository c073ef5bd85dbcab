import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { startTime } from "../../machine/proc.ts";
import { stopSupervisor, supervisorPid } from "./start-supervisor.ts";

describe("the supervisor of a cluster", () => {
  it("is nobody whom another user of the machine names, and such a process is left alone", async () => {
    const cluster = `unit-${process.pid}`;
    const victim = spawn("sleep", ["60"], { stdio: "ignore" });
    // Every local user may listen on such a name; there is no right to it.
    const impostor = createServer((client) => client.end(String(victim.pid)));
    await new Promise<void>((listening) => impostor.listen(`\0slipway:supervisor:${cluster}`, listening));
    try {
      assert.equal(await supervisorPid(cluster), undefined);
      await stopSupervisor(cluster);
      assert.notEqual(startTime(victim.pid ?? 0), undefined, "a process was ended because a stranger named it");
    } finally {
      impostor.close();
      victim.kill();
    }
  });
});
