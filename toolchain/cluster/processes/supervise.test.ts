import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcess, signalProcess } from "../../machine/end-process.ts";
import { clusterFolders } from "../config/folders.ts";
import { readRecord } from "./process-record.ts";
import type { ProcessRecord } from "./process-record.ts";
import { pauseAfter, supervise } from "./supervise.ts";
import { skip } from "../../../test/skip.ts";

const cluster = `unit-${process.pid}`;
const spec = { name: "sleeper", command: "sleep", args: ["1000"], env: {}, network: "host", after: [] } as const;

describe("supervising", function () {
  this.timeout(20_000);
  const home = process.env["XDG_STATE_HOME"];
  const folder = mkdtempSync(join(tmpdir(), "slipway-supervise-"));

  before(function () {
    if (process.getuid?.() !== 0) {
      skip(this, "process records are kept under /run, which needs root");
    }
    process.env["XDG_STATE_HOME"] = folder;
  });

  after(() => {
    if (home === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = home;
    rmSync(folder, { recursive: true });
    rmSync(clusterFolders(cluster).run, { recursive: true, force: true });
  });

  it("starts a killed process again and, when it stops, leaves it running", async () => {
    const stop = new AbortController();
    const supervising = supervise(cluster, spec, stop.signal);
    const first = await running((record) => record.restarts === 0);
    signalProcess(first.pid, first.startTime, "SIGKILL");
    const second = await running((record) => record.pid !== first.pid);
    assert.equal(second.restarts, 1);
    stop.abort();
    await supervising;
    assert.deepEqual(readRecord(cluster, "sleeper"), second);
  });

  it("adopts what a former supervisor started, unless it was started differently", async () => {
    const adopted = await running(() => true);
    const stop = new AbortController();
    const supervising = supervise(cluster, spec, stop.signal);
    await sleep(300);
    assert.equal((await running(() => true)).pid, adopted.pid);
    stop.abort();
    await supervising;

    const next = new AbortController();
    const changed = supervise(cluster, { ...spec, args: ["2000"] }, next.signal);
    const replaced = await running((record) => record.pid !== adopted.pid);
    next.abort();
    await changed;
    await endProcess(replaced.pid, replaced.startTime);
    assert.equal(readRecord(cluster, "sleeper"), undefined);
  });

  it("waits longer after each short run, up to ten seconds", () => {
    assert.deepEqual([0, 1, 2, 3, 20].map(pauseAfter), [100, 250, 500, 1000, 10_000]);
  });

  async function running(wanted: (record: ProcessRecord) => boolean): Promise<ProcessRecord> {
    for (;;) {
      const record = readRecord(cluster, "sleeper");
      if (record !== undefined && wanted(record)) return record;
      await sleep(20);
    }
  }
});
