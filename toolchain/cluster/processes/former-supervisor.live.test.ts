import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterFolders } from "../config/folders.ts";
import { startTime } from "../../machine/proc.ts";
import { createCgroups, joinDaemons, removeCgroups } from "../node/cgroups.ts";
import { endFormerSupervisor } from "./former-supervisor.ts";
import { readRecord, writeRecord } from "./process-record.ts";

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1";

describe(
  live ? "a supervisor of an older version" : "a supervisor of an older version (skipped: it needs root)",
  () => {
    const cluster = "former";
    const folder = mkdtempSync(join(tmpdir(), "slipway-former-"));

    before(function () {
      if (!live) return this.skip();
      writeFileSync(join(folder, "supervisor.ts"), "setInterval(() => {}, 1000);");
      createCgroups(cluster);
    });
    after(() => {
      rmSync(folder, { recursive: true });
      if (!live) return;
      rmSync(clusterFolders(cluster).run, { recursive: true, force: true });
      removeCgroups(cluster);
    });

    const supervisor = () => started(process.execPath, [join(folder, "supervisor.ts"), cluster]);

    it("is ended with the forwarder that would bring it back, and nothing else of the cluster is", async () => {
      const [old, forwarder, kubelet, stranger] = [
        supervisor(),
        started("sleep", ["60"]),
        started("sleep", ["61"]),
        supervisor(),
      ];
      for (const pid of [old, forwarder, kubelet]) joinDaemons(cluster, pid);
      const record = { spec: "", startedAt: new Date().toISOString(), restarts: 0 };
      for (const [name, pid] of Object.entries({ forwarder, kubelet }))
        writeRecord(cluster, { ...record, name, pid, startTime: startTime(pid) ?? "" });
      await endFormerSupervisor(cluster);
      assert.deepEqual([old, forwarder].map(startTime), [undefined, undefined]);
      assert.ok(readRecord(cluster, "kubelet") !== undefined);
      assert.ok(startTime(stranger) !== undefined, "somebody's program of the same name was ended");
      for (const pid of [kubelet, stranger]) process.kill(pid, "SIGKILL");
    });

    function started(command: string, args: readonly string[]): number {
      return spawn(command, args, { stdio: "ignore" }).pid ?? 0;
    }
  },
);
