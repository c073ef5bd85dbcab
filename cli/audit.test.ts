import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LICENCE_EXCEPTIONS } from "./audit/allowed.ts";
import { withoutExceptions } from "./audit/exceptions.ts";
import { goObjections, goRecipes, readRecord } from "./audit/go-licences.ts";
import { npmObjections } from "./audit/npm-licences.ts";
import { projectFolder } from "./project/project-folder.ts";

/** Whether an exception has ended is asked where it can be mended, by the workflow: old releases have to pass their tests too. */
const BEFORE_ANY_END = "2026-01-01";
const lock = readFileSync(join(projectFolder, "package-lock.json"), "utf8");

describe("what this repository is made from", () => {
  it("may be kept under its licences: every package of the lock file and every module that is compiled in", () => {
    const { packages, objections } = npmObjections(lock);
    assert.ok(packages > 400);
    assert.deepEqual(withoutExceptions([...objections, ...goObjections()], LICENCE_EXCEPTIONS, BEFORE_ANY_END), []);
  });

  it("would be refused with a package under another licence, or without one", () => {
    const { packages } = JSON.parse(lock) as { packages: Record<string, object> };
    const more = {
      ...packages,
      "node_modules/a/node_modules/@b/c": { version: "1.0.0", license: "GPL-3.0-only" },
      "node_modules/d": { version: "2.0.0" },
    };
    const { objections } = npmObjections(JSON.stringify({ packages: more }));
    assert.deepEqual(withoutExceptions([...objections, ...goObjections()], LICENCE_EXCEPTIONS, BEFORE_ANY_END), [
      "@b/c 1.0.0: GPL-3.0-only",
      "d 2.0.0: no licence recorded",
    ]);
  });

  it("is recorded of the modules that go.mod names today, and of no other ones", () => {
    const anew = "record anew: npx slipway audit --record";
    const sums = globSync("toolchain/go/*/go.sum", { cwd: projectFolder })
      .map((file) => readFileSync(join(projectFolder, file), "utf8"))
      .join("\n");
    for (const { of, version } of readRecord())
      assert.ok(sums.includes(`${of} ${version} h1:`), `${of} ${version} is in no go.sum; ${anew}`);
    const recorded = new Set(readRecord().map(({ of, version }) => `${of} ${version}`));
    for (const { module, packages } of goRecipes()) {
      const requires = readFileSync(join(projectFolder, "toolchain/go", module, "go.mod"), "utf8");
      const direct = [...requires.matchAll(/^\s+(\S+\.\S+\/\S+) (v\S+)$/gm)].map(([, of = "", version = ""]) => [
        of,
        version,
      ]);
      const built = direct.filter(([of = ""]) => packages.some((path) => path === "." || path.startsWith(of)));
      for (const [of, version] of built)
        assert.ok(recorded.has(`${of} ${version}`), `${module}: ${of} ${version}; ${anew}`);
    }
  });

  it("gives every exception a reason and an end", () => {
    for (const { of, reason, until } of LICENCE_EXCEPTIONS) {
      assert.ok(reason.length > 10, of);
      assert.match(until, /^20\d\d-[01]\d-[0-3]\d$/, of);
    }
  });
});

describe("slipway audit", function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "slipway-audit-"));
  after(() => rmSync(folder, { recursive: true }));
  /** Runs it with something in npm's place that answers so. */
  const run = (answer: object, ...args: string[]): { code: number | null; out: string } => {
    writeFileSync(join(folder, "answer.json"), JSON.stringify(answer));
    writeFileSync(join(folder, "npm"), `#!/bin/sh\n[ "$*" = "audit --json" ] && cat ${folder}/answer.json; exit 1\n`);
    chmodSync(join(folder, "npm"), 0o755);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        "--disable-warning=ExperimentalWarning",
        join(projectFolder, "cli/main.ts"),
        "audit",
        "--on",
        BEFORE_ANY_END,
        ...args,
      ],
      {
        encoding: "utf8",
        env: { ...process.env, PATH: `${folder}:${dirname(process.execPath)}:/usr/bin:/bin`, NO_COLOR: "1" },
      },
    );
    return { code: status, out: stdout + stderr };
  };
  const known = {
    name: "a",
    title: "t",
    url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc",
    severity: "high",
    range: "<2",
  };

  it("ends with 0 when the registry knows nothing against the packages", () => {
    const { code, out } = run({ vulnerabilities: {} });
    assert.equal(code, 0, out);
    assert.match(
      out,
      /licences: \d+ packages of npm, \d+ modules of Go: nothing against them\nvulnerabilities: nothing/,
    );
  });

  it("ends with 1 and names what the registry knows, with what to do", () => {
    const { code, out } = run({ vulnerabilities: { a: { via: [known] } } });
    assert.equal(code, 1, out);
    assert.match(out, /vulnerabilities: 1 to look at\n {2}a <2: GHSA-aaaa-bbbb-cccc\n {2}Fix: /);
  });

  it("does not take a registry that was not heard for one that knows nothing", () => {
    const { code, out } = run({ message: "405 Method Not Allowed" });
    assert.equal(code, 1, out);
    assert.match(
      out,
      /vulnerabilities: UNKNOWN, the registry was not heard \(405 Method Not Allowed\)\. Fix: .*--offline/,
    );
  });

  it("names exceptions that will have ended on a day", () => {
    const { code, out } = run({}, "--offline", "--on", "2999-01-01");
    assert.equal(code, 1, out);
    assert.match(out, /argparse: the exception for Python-2\.0 has ended on \d{4}-\d\d-\d\d; look again, then move it/);
    assert.equal(run({}, "--offline", "--on", "soon").code, 2);
  });

  it("asks nobody where it is told so, and says so", () => {
    const { code, out } = run({ message: "must not be asked" }, "--offline");
    assert.equal(code, 0, out);
    assert.match(out, /vulnerabilities: not asked for \(--offline\)/);
  });
});
