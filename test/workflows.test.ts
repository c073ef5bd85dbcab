import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { defineCommand } from "citty";
import { parse } from "yaml";
import { usageAskedFor } from "../cli/terminal/command-line.ts";
import { audit } from "../cli/audit.ts";
import { preview } from "../cli/preview.ts";
import { projectFolder } from "../cli/project/project-folder.ts";
import { test } from "../cli/test.ts";
import { up } from "../cli/up.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly "runs-on": string;
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const texts = globSync(".github/{workflows,actions/*}/*.yml", { cwd: projectFolder }).map(
  (file) => [file, readFileSync(join(projectFolder, file), "utf8")] as const,
);
const workflows = texts
  .filter(([file]) => file.includes("workflows/"))
  .map(([file, text]) => ({ file: basename(file), ...(parse(text) as Workflow) }));
const jobs = workflows.flatMap(({ file, jobs: named }) =>
  Object.entries(named).map(([name, job]) => ({ ...job, name: `${file} ${name}` })),
);
const jobNamed = (name: string): (typeof jobs)[number] =>
  jobs.find((job) => job.name === name) ?? assert.fail(`no job ${name}`);
const live = jobs.filter(({ permissions }) => permissions?.["id-token"] === "write");

/** Who may do what in the account: the environment of a job, whose reviewers and branches the host knows, and its role. */
const LIVE = {
  "deploy.yml look": ["drift", "AWS_DRIFT_ROLE"],
  "deploy.yml update": ["production", "AWS_DEPLOY_ROLE"],
  "drift.yml drift": ["drift", "AWS_DRIFT_ROLE"],
  "preview-live.yml live": ["preview", "AWS_PREVIEW_ROLE"],
} as const;

describe("workflows", () => {
  it("reach the private API server from runners of the team's own, wherever they ask the account", () => {
    assert.deepEqual(live.map(({ name }) => name).toSorted(), Object.keys(LIVE));
    for (const { name, "runs-on": runner } of live)
      assert.equal(runner, "${{ vars.SLIPWAY_RUNNER || 'ubuntu-24.04' }}", name);
  });

  it("ask the account with a role and in an environment for each purpose", () => {
    for (const { name, environment, steps } of live) {
      const roles = steps.flatMap(({ with: { "role-to-assume": role } = {} }) => (role === undefined ? [] : [role]));
      const [wanted, variable] = LIVE[name as keyof typeof LIVE];
      assert.deepEqual([environment, roles], [wanted, [`\${{ vars.${variable} }}`]], name);
    }
    for (const { name, environment, steps } of jobs)
      if (!(name in LIVE))
        assert.ok(environment === undefined && !JSON.stringify(steps).includes("role-to-assume"), name);
  });

  it("let no job of a fork near those runners, the account or a comment", () => {
    for (const { name, "runs-on": runner } of jobs) if (!(name in LIVE)) assert.equal(runner, "ubuntu-24.04", name);
    for (const { file, on, permissions } of workflows)
      assert.deepEqual(["pull_request_target" in on, permissions], [false, { contents: "read" }], file);
    assert.match(
      jobNamed("preview-live.yml reviewed").if ?? "",
      /&& github\.event\.pull_request\.head\.repo\.full_name == github\.repository && /,
    );
    assert.equal(jobNamed("preview-live.yml live").needs, "reviewed");
  });

  it("plan a pull request without any account, and with one only when it is asked for and reviewed", () => {
    const ofPullRequests = workflows.flatMap(({ file, on }) => ("pull_request" in on ? [[file, on.pull_request]] : []));
    assert.deepEqual(ofPullRequests, [
      ["audit.yml", null],
      ["preview-live.yml", { types: ["labeled"] }],
      ["preview.yml", null],
    ]);
    assert.match(jobNamed("preview-live.yml reviewed").if ?? "", /^github\.event\.label\.name == 'live preview' && /);
    for (const name of ["audit.yml", "preview.yml"])
      assert.doesNotMatch(
        JSON.stringify(workflows.find(({ file }) => file === name)),
        /secrets\.|id-token|write/,
        name,
      );
  });

  it("refuse to run a branch with a role where nobody has to review it first", () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-workflow-"));
    const [{ run = "" } = {}] = jobNamed("preview-live.yml reviewed").steps;
    const answered = (environment: object): number | null => {
      writeFileSync(join(folder, "environment.json"), JSON.stringify(environment));
      // Stands for the host's command, which applies the expression to what the host answers.
      writeFileSync(
        join(folder, "gh"),
        `#!/bin/sh\n[ "$1 $2" = "api repos/shop/slipway/environments/preview" ] && exec node -e "$COUNT"\n`,
      );
      chmodSync(join(folder, "gh"), 0o755);
      const COUNT = `const { protection_rules: rules = [] } = require("${folder}/environment.json"); console.log(rules.filter(({ type }) => type === "required_reviewers").length)`;
      return spawnSync("bash", ["-eo", "pipefail", "-c", run], {
        env: {
          PATH: `${folder}:${dirname(process.execPath)}:${process.env["PATH"]}`,
          GITHUB_REPOSITORY: "shop/slipway",
          COUNT,
        },
      }).status;
    };
    assert.equal(answered({ protection_rules: [{ type: "wait_timer" }, { type: "required_reviewers" }] }), 0);
    assert.equal(answered({ protection_rules: [{ type: "branch_policy" }] }), 1);
    assert.equal(answered({}), 1);
    rmSync(folder, { recursive: true });
  });

  it("update production from the main branch only, and look for drift there", () => {
    for (const name of ["deploy.yml look", "drift.yml drift"])
      assert.match(jobNamed(name).if ?? "", /^github\.ref == 'refs\/heads\/main' && /, name);
    assert.equal(jobNamed("deploy.yml update").needs, "look");
    assert.deepEqual(workflows.find(({ file }) => file === "deploy.yml")?.on, { workflow_dispatch: null });
  });

  it("give a secret to no step but the one that needs it", () => {
    const holders = jobs.flatMap(({ name, env, steps }) => [
      ...(JSON.stringify(env ?? {}).includes("secrets.") ? [`${name}, whole job`] : []),
      ...steps.filter((step) => JSON.stringify(step).includes("secrets.")).map(({ run }) => `${name}: ${run}`),
    ]);
    assert.deepEqual(holders, ["deploy.yml update: node cli/bin.mjs up prod --yes"]);
    for (const [file, text] of texts)
      assert.equal(text.match(/\bsecrets\./g)?.length ?? 0, file.endsWith("deploy.yml") ? 1 : 0, file);
  });

  it("run no script of a package before somebody calls it, neither there nor on a machine of one's own", () =>
    assert.match(readFileSync(join(projectFolder, ".npmrc"), "utf8"), /^ignore-scripts=true$/m));

  it("run nothing of a pull request where they may write to it", () => {
    const writing = jobs.filter(({ permissions }) =>
      Object.entries(permissions ?? {}).some(([what, right]) => right === "write" && what !== "id-token"),
    );
    assert.deepEqual(
      writing.map(({ name, permissions }) => [name, permissions]),
      [["preview-live.yml comment", { "pull-requests": "write" }]],
    );
    for (const { steps } of writing)
      for (const { uses = "", run = "" } of steps) assert.doesNotMatch(uses + run, /checkout|^\.\/|node |npm /);
  });

  it("pin every action to a commit, and say which version that is", () => {
    const used = texts.flatMap(([file, text]) =>
      [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, action = ""]) => ({ file, action })),
    );
    assert.ok(used.length > 5);
    for (const { file, action } of used) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, file);
  });

  it("give the command only options that it has", async () => {
    const slipway = defineCommand({ subCommands: { audit, preview, test, up } });
    const lines = jobs.flatMap(({ steps }) =>
      steps.flatMap(({ run = "" }) =>
        [...run.replaceAll("npm test --", "node cli/bin.mjs test").matchAll(/node cli\/bin\.mjs ([^\n;|)]+)/g)].map(
          ([, line = ""]) => line.trim(),
        ),
      ),
    );
    assert.ok(lines.length >= 6, lines.join("\n"));
    for (const line of lines) {
      assert.match(line, /^(audit|preview|test|up)( |$)/);
      assert.equal(await usageAskedFor(slipway, line.split(/\s+/)), null, line);
    }
  });
});
