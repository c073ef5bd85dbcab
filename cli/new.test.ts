import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject } from "../test/project-copy.ts";
import { skipInQuickGate } from "../test/skip.ts";

const MOCHA = ["node_modules/mocha/bin/mocha.js", "--no-config", "--timeout", "60000"];

describe("slipway new", function () {
  this.timeout(120_000);
  let folder: string;

  const node = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { status, output: stdout + stderr };
  };
  const passes = (...args: string[]): string => {
    const { status, output } = node(...args);
    assert.equal(status, 0, output);
    return output;
  };

  before(() => {
    folder = copyProject("new");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("begins a system that can be planned at once, and a service in it", () => {
    passes("cli/main.ts", "new", "system", "book-club");
    passes("cli/main.ts", "new", "service", "book-club/reader");
    const plan = JSON.parse(passes("cli/main.ts", "plan", "book-club", "--json")) as { workloads: { name: string }[] };
    assert.deepEqual(plan.workloads.map(({ name }) => name).toSorted(), ["front", "reader"]);
  });

  it("takes a program that is there into a system, and says what it could not know", () => {
    mkdirSync(join(folder, "systems/book-club/lending"));
    writeFileSync(join(folder, "systems/book-club/lending/Dockerfile"), "FROM python:3\nEXPOSE 8000\nUSER 1000\n");
    writeFileSync(join(folder, "systems/book-club/lending/requirements.txt"), "fastapi==0.116.1\n");
    const found = passes("cli/main.ts", "new", "service", "book-club/lending", "--from", "systems/book-club/lending");
    assert.match(found, /Found:\n {2}requirements\.txt: FastAPI\n[^]*Not known, say it in .*system\.ts:\n {2}/);
    const asked = node("cli/main.ts", "plan", "book-club");
    assert.equal(asked.status, 2, asked.output);
    assert.match(asked.output, /book-club\/lending: routes\[0\]\.access \[missing-word\]/);
    const file = join(folder, "systems/book-club/system.ts");
    const said = readFileSync(file, "utf8").replace('{ path: "/lending" }', '{ path: "/lending", access: "anyone" }');
    writeFileSync(file, said);
    const plan = JSON.parse(passes("cli/main.ts", "plan", "book-club", "--stage", "prod", "--json")) as {
      workloads: { name: string; source: object; user: number }[];
    };
    const lending = plan.workloads.find(({ name }) => name === "lending");
    assert.deepEqual(
      [lending?.source, lending?.user],
      [{ kind: "build", context: "lending", dockerfile: "Dockerfile", target: null, args: {} }, 1000],
    );
  });

  it("begins a system that takes the measure of the guide beside its description", () => {
    const guide = readFileSync(join(folder, "docs/monitoring.md"), "utf8");
    const [, measures = ""] = /```ts\n(\/\/ systems\/<name>\/measures\.ts\n[^]*?)```/.exec(guide) ?? [];
    writeFileSync(join(folder, "systems/book-club/measures.ts"), measures);
    const file = join(folder, "systems/book-club/system.ts");
    const described = readFileSync(file, "utf8")
      .replace(
        'routes: [{ path: "/book-club", access: "anyone" }],',
        'routes: [{ path: "/book-club", access: "anyone" }],\n      measures,',
      )
      .replace('system.ts";', 'system.ts";\nimport { measures } from "./measures.ts";');
    writeFileSync(file, described);
    const plan = JSON.parse(passes("cli/main.ts", "plan", "book-club", "--json")) as {
      workloads: { measures: { name: string; alert: object }[] }[];
    };
    assert.deepEqual(
      plan.workloads.flatMap((workload) => workload.measures.map(({ name }) => name)),
      ["OrdersWaiting"],
    );
  });

  it("begins a rule that becomes the one of the guide, with a value of the company", () => {
    passes("cli/main.ts", "new", "policy", "teams-known");
    const guide = readFileSync(join(folder, "docs/policies.md"), "utf8").split("### With a value of your company")[1];
    const [rule = "", cases = ""] = [...(guide ?? "").matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code);
    writeFileSync(join(folder, "policies/rules/teams-known.ts"), rule);
    writeFileSync(join(folder, "policies/rules/teams-known.cases.ts"), cases);
    const output = passes(...MOCHA, "--grep", "teams-known|good system", "policies/rules.test.ts");
    assert.match(output, /4 passing/);
  });

  it("begins a rule that says nothing: it fails by its name until it is written, and names rules about the same", () => {
    const said = passes("cli/main.ts", "new", "policy", "replicas-enough");
    assert.match(said, /about the same words:\n(.*\n)*? {2}replica-floor: /);
    const { status, output } = node(...MOCHA, "--grep", "replicas-enough", "policies/rules.test.ts");
    assert.notEqual(status, 0);
    assert.match(output, /policies\/rules\/replicas-enough\.ts is not written yet/);
  });

  it("begins an alert that says nothing: no rules are made until it is written, and alerts about the same are named", () => {
    const said = passes("cli/main.ts", "new", "alert", "memory-leaks");
    assert.match(said, /about the same words:\n(.*\n)*? {2}MemoryHigh: /);
    const { status, output } = node("cli/main.ts", "generate");
    assert.notEqual(status, 0);
    assert.match(output, /monitors\/alerts\/memory-leaks\.ts is not written yet/);
  });

  it("writes files that pass the type check and the formatter", function () {
    skipInQuickGate(this, "a second type check");
    const written = [
      "systems/book-club/**/*.ts",
      "systems/index.ts",
      "policies/rules.ts",
      "policies/rules/{replicas-enough,teams-known}*.ts",
      "monitors/rules.ts",
      "monitors/alerts/memory-leaks.ts",
    ];
    const files = globSync(written, { cwd: folder }).map((file) => join(folder, file));
    const config = { extends: "./tsconfig.json", files, include: [], compilerOptions: { incremental: false } };
    writeFileSync(join(folder, "tsconfig.new.json"), JSON.stringify(config));
    passes("node_modules/typescript-native/bin/tsc", "-p", "tsconfig.new.json");
    assert.ok(files.length > written.length);
    passes("node_modules/@biomejs/biome/bin/biome", "format", "--vcs-enabled=false", ...files);
  });

  for (const [what, args, message] of [
    [
      "a name that is taken",
      ["policy", "replica-floor"],
      /there is a rule "replica-floor" already; nothing was written/,
    ],
    ["a name that is no DNS label", ["system", "Book_Club"], /is no DNS label/],
    ["a kind that does not exist", ["saga", "x"], /there are: system, service, policy, alert/],
    ["a service without its system", ["service", "reader"], /has 1 parts; a service is named <system>\/<service>/],
    [
      "a service that is there",
      ["service", "fishdelivery/order"],
      /fishdelivery has a service "order" already|exists already/,
    ],
    [
      "a program where there is none",
      ["service", "fishdelivery/x", "--from", "./nowhere"],
      /--from found "\.\/nowhere", where there is no folder/,
    ],
    ["a program of what has none", ["policy", "x", "--from", "."], /--from is where the program of a service is/],
    [
      "a service of a system that does not exist",
      ["service", "nowhere/reader"],
      /where systems\/<system>\/system.ts exists/,
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      const { status, output } = node("cli/main.ts", "new", ...args);
      assert.equal(status, 2, output);
      assert.match(output, message);
    });
  }
});
