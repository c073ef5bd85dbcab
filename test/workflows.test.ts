import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectFolder } from "../cli/project-folder.ts";

interface Workflow { readonly jobs: Readonly<Record<string, { readonly "runs-on": string; readonly permissions?: Readonly<Record<string, string>> }>> }

const FOLDER = join(projectFolder, ".github/workflows");
const jobs = readdirSync(FOLDER).flatMap((file) => Object.entries((parse(readFileSync(join(FOLDER, file), "utf8")) as Workflow).jobs).map(([name, job]) => ({ ...job, name: `${file} ${name}` })));
const live = jobs.filter(({ permissions }) => permissions?.["id-token"] === "write");

describe("workflows", () => {
  it("reach the private API server from a runner of the team's own, wherever they ask the account", () => {
    assert.deepEqual(live.map(({ name }) => name), ["drift.yml drift", "preview.yml live"]);
    for (const { name, "runs-on": runner } of live) assert.equal(runner, "${{ vars.SLIPWAY_RUNNER || 'ubuntu-24.04' }}", name);
  });

  it("let no job of a fork near that runner", () => {
    for (const { name, "runs-on": runner } of jobs) if (!live.some((job) => job.name === name)) assert.equal(runner, "ubuntu-24.04", name);
  });
});
