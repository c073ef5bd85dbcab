import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defineCommand } from "citty";
import { parse } from "yaml";
import { usageAskedFor } from "../cli/terminal/command-line.ts";
import { preview } from "../cli/preview.ts";
import { projectFolder } from "../cli/project/project-folder.ts";
import { test } from "../cli/test.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly "runs-on": string;
  readonly if?: string;
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
const live = jobs.filter(({ permissions }) => permissions?.["id-token"] === "write");

describe("workflows", () => {
  it("reach the private API server from a runner of the team's own, wherever they ask the account", () => {
    assert.deepEqual(live.map(({ name }) => name).toSorted(), ["drift.yml drift", "preview.yml live"]);
    for (const { name, "runs-on": runner } of live)
      assert.equal(runner, "${{ vars.SLIPWAY_RUNNER || 'ubuntu-24.04' }}", name);
  });

  it("let no job of a fork near that runner, the account or a comment", () => {
    for (const { name, "runs-on": runner } of jobs)
      if (!live.some((job) => job.name === name)) assert.equal(runner, "ubuntu-24.04", name);
    for (const { file, on, permissions } of workflows)
      assert.deepEqual(["pull_request_target" in on, permissions], [false, { contents: "read" }], file);
    const [planned] = live.filter(({ name }) => name.startsWith("preview"));
    assert.match(planned?.if ?? "", /^github\.event\.pull_request\.head\.repo\.full_name == github\.repository && /);
  });

  it("run nothing of a pull request where they may write to it", () => {
    const writing = jobs.filter(({ permissions }) =>
      Object.entries(permissions ?? {}).some(([what, right]) => right === "write" && what !== "id-token"),
    );
    assert.deepEqual(
      writing.map(({ name, permissions }) => [name, permissions]),
      [["preview.yml comment", { "pull-requests": "write" }]],
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
    const slipway = defineCommand({ subCommands: { preview, test } });
    const lines = jobs.flatMap(({ steps }) =>
      steps.flatMap(({ run = "" }) =>
        [...run.replaceAll("npm test --", "node cli/bin.mjs test").matchAll(/node cli\/bin\.mjs ([^\n;|)]+)/g)].map(
          ([, line = ""]) => line.trim(),
        ),
      ),
    );
    assert.ok(lines.length >= 6, lines.join("\n"));
    for (const line of lines) {
      assert.match(line, /^(preview|test) /);
      assert.equal(await usageAskedFor(slipway, line.split(/\s+/)), null, line);
    }
  });
});
