import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMariaDb } from "./lab.ts";
import { LabProcess } from "./lab-process.ts";

const script = (text: string) => new LabProcess("delivery", process.execPath, ["-e", text], {});

describe("a process of the tests", () => {
  it("that ends before it answers fails the test at once, with what it said", async () => {
    const process = script("console.log('not yet'); console.error('no such table: orders'); process.exit(3)");
    await assert.rejects(
      process.answers(async () => false, 30_000),
      /delivery ended with 3 before it answered:\n[^]*no such table: orders/,
    );
    assert.equal(process.runs, false);
  });

  it("that never answers says what it did instead", async () => {
    const process = script("console.log('still thinking'); setTimeout(() => {}, 60_000)");
    await assert.rejects(
      process.answers(async () => false, 1500),
      /delivery did not answer within 1\.5 s:\nstill thinking/,
    );
    assert.equal(await process.kill("SIGKILL"), null);
  });

  it("that is no program says so", async () => {
    const missing = new LabProcess("kafka", "/no/such/java", [], {});
    await assert.rejects(
      missing.answers(async () => false, 10_000),
      /kafka ended with null before it answered:\n.*\/no\/such\/java/,
    );
  });

  it("that serves a store is started again, and its words are not lost when that does not help", async function () {
    this.timeout(20_000);
    const folder = mkdtempSync(join(tmpdir(), "slipway-words-"));
    const program = join(folder, "mariadbd");
    writeFileSync(program, "#!/bin/sh\necho 'cannot open the tablespace' >&2\nexit 1\n");
    chmodSync(program, 0o755);
    const before = process.env["SLIPWAY_MARIADBD"];
    process.env["SLIPWAY_MARIADBD"] = program;
    try {
      await assert.rejects(startMariaDb(), /ended with 1 before it answered:\ncannot open the tablespace/);
    } finally {
      if (before === undefined) delete process.env["SLIPWAY_MARIADBD"];
      else process.env["SLIPWAY_MARIADBD"] = before;
      rmSync(folder, { recursive: true });
    }
  });
});
