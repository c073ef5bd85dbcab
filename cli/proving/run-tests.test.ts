import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startTime } from "../../toolchain/machine/proc.ts";

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
  const program = (runs: readonly object[], goOn: boolean) =>
    `import { runTests } from ${MODULE}; process.exitCode = (await runTests(${JSON.stringify(runs)}, [], process.env, ${goOn})).failed === 0 ? 0 : 1`;
  const running = (runs: readonly object[], goOn = true) => node("--input-type=module", "-e", program(runs, goOn));

  it("ends with one line that counts the tests of all its runs", () => {
    const { status, stdout, last } = running([
      { files: [mixed], beside: true },
      { files: [good], beside: false },
    ]);
    assert.deepEqual([status, last, stdout.match(/\d+ passed/g)?.length], [1, "2 passed, 1 failed, 1 skipped", 1]);
    assert.match(stdout, /breaks:\nso it is/);
  });

  it("begins no further run when one has failed, unless it is to go on, and says so", () => {
    const runs = [
      { files: [mixed], beside: true },
      { files: [good], beside: false },
    ];
    const { status, stdout, last } = running(runs, false);
    assert.deepEqual([status, last], [1, "1 passed, 1 failed, 1 skipped"]);
    assert.match(stdout, /1 failed, so 1 more files were not begun: `npm test -- --go-on`/);
  });

  it("lets a suite take away what it made when only the first process hears a signal, and begins nothing more", async () => {
    const trace = join(folder, "trace");
    const note = (what: string) => `appendFileSync(${JSON.stringify(trace)}, "${what}\\n")`;
    const slow = file(
      "slow",
      `import { appendFileSync } from "node:fs";\nafter(() => ${note("taken away")});\n` +
        `it("waits", (done) => { ${note("begun")}; setTimeout(done, 1500); });\nit("is never begun", () => ${note("too late")});\n`,
    );
    const signals = JSON.stringify(join(import.meta.dirname, "../terminal/signals.ts"));
    const runs = [
      { files: [slow], beside: false },
      { files: [slow], beside: false },
    ];
    const source = `import { endOnSignals } from ${signals};\nendOnSignals();\n${program(runs, true)}`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", source], { stdio: "ignore" });
    while (!existsSync(trace)) await sleep(50);
    child.kill("SIGINT");
    await once(child, "close");
    assert.deepEqual(readFileSync(trace, "utf8").trim().split("\n"), ["begun", "taken away"]);
  });

  it("ends whatever its tests have started when only the first process hears a signal", async () => {
    const trace = join(folder, "started");
    const starting = file(
      "starting",
      `import { spawn } from "node:child_process";\nimport { writeFileSync } from "node:fs";\n` +
        `it("waits", (done) => { const { pid } = spawn("sleep", ["600"]); writeFileSync(${JSON.stringify(trace)}, String(pid)); setTimeout(done, 50_000); });\n`,
    );
    const child = spawn(process.execPath, [join(import.meta.dirname, "../main.ts"), "test", "--no-live", starting], {
      stdio: "ignore",
    });
    while (!existsSync(trace) || readFileSync(trace, "utf8") === "") await sleep(50);
    child.kill("SIGTERM");
    await once(child, "close");
    assert.equal(startTime(Number(readFileSync(trace, "utf8"))), undefined);
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
