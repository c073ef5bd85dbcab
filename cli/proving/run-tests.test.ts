import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MODULE = JSON.stringify(join(import.meta.dirname, "run-tests.ts"));

describe("slipway test", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, `${name}.test.ts`), text);
    return join(folder, `${name}.test.ts`);
  };
  const mixed = file(
    "mixed",
    'it("holds", () => {});\nit("breaks", () => { throw new Error("so it is"); });\nit.skip("waits", () => {});\n',
  );
  const good = file("good", 'it("holds too", () => {});\n');
  after(() => rmSync(folder, { recursive: true, force: true }));

  const node = (...args: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { status, stdout, last: stdout.trimEnd().split("\n").at(-1) };
  };
  const running = (runs: readonly object[]) =>
    node(
      "--input-type=module",
      "-e",
      `import { runTests } from ${MODULE}; process.exitCode = (await runTests(${JSON.stringify(runs)}, [], process.env)).failed === 0 ? 0 : 1`,
    );

  it("ends with one line that counts the tests of all its runs", () => {
    const { status, stdout, last } = running([
      { files: [mixed], beside: true },
      { files: [good], beside: false },
    ]);
    assert.deepEqual([status, last, stdout.match(/\d+ passed/g)?.length], [1, "2 passed, 1 failed, 1 skipped", 1]);
    assert.match(stdout, /breaks:\nso it is/);
  });

  for (const beside of [true, false]) {
    it(`takes a file that ends its process for a failure, ${beside ? "beside others" : "alone"}`, () => {
      const { status, last } = running([
        { files: [file("ends", "process.exit(0);\n")], beside },
        { files: [good], beside: false },
      ]);
      assert.deepEqual([status, last], [1, "1 passed, 1 failed"]);
    });
  }

  it("runs the files and titles that are asked for", () => {
    const { status, last } = node(
      join(import.meta.dirname, "../main.ts"),
      "test",
      "--no-live",
      "--grep",
      "holds",
      mixed,
      good,
    );
    assert.deepEqual([status, last], [0, "2 passed, 0 failed"]);
    assert.equal(
      node(join(import.meta.dirname, "../main.ts"), "test", "--no-live", mixed, "no/such.test.ts").status,
      2,
    );
    assert.equal(
      node(join(import.meta.dirname, "../main.ts"), "test", "--no-live", "--grep", "hodls", mixed, good).status,
      2,
    );
  });
});
