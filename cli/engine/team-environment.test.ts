import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateOf } from "./team-environment.ts";

describe("prod without an account", () => {
  const home = mkdtempSync(join(tmpdir(), "slipway-home-"));
  after(() => rmSync(home, { recursive: true, force: true }));

  for (const line of [
    ["up", "prod"],
    ["up", "prod", "--yes"],
    ["preview", "prod", "--live"],
    ["preview", "prod", "--live", "--refresh"],
  ]) {
    it(`ends "slipway ${line.join(" ")}" with 2 and what is missing, before anything is asked`, () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "../main.ts"), ...line],
        {
          encoding: "utf8",
          env: { PATH: process.env["PATH"], HOME: home, NO_COLOR: "1", AWS_EC2_METADATA_DISABLED: "true" },
        },
      );
      assert.deepEqual([status, stdout], [2, ""], stderr);
      assert.match(
        stderr,
        /^slipway .* prod.*: there are no AWS credentials here\.\n {2}looked for: AWS_ACCESS_KEY_ID, .*\n {2}Next: log in/,
      );
      assert.doesNotMatch(stderr, /^ +at /m);
    });
  }
});

describe("the state of a stack", () => {
  const own = process.env["PULUMI_BACKEND_URL"];
  after(() => {
    if (own === undefined) delete process.env["PULUMI_BACKEND_URL"];
    else process.env["PULUMI_BACKEND_URL"] = own;
  });

  it("is named without what an address may carry besides", () => {
    process.env["PULUMI_BACKEND_URL"] = "set";
    assert.equal(
      stateOf({ PULUMI_BACKEND_URL: "https://ann:hidden@state.example.com/x?token=hidden" }),
      "https://state.example.com/x (PULUMI_BACKEND_URL)",
    );
  });

  it("is this machine's own where a workflow passes a variable that nobody made", () => {
    process.env["PULUMI_BACKEND_URL"] = "";
    assert.match(
      stateOf({ PULUMI_BACKEND_URL: "file:///state" }),
      /^file:\/\/\/state \(of this machine: PULUMI_BACKEND_URL is not set\)$/,
    );
  });
});
