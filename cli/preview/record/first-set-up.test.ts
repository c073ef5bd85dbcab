import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../project/project-folder.ts";
import { committedSettings } from "../../stack/committed-settings.ts";
import { firstSetUp } from "./first-set-up.ts";
import { recordIn } from "./record-file.ts";

const FILE = "test/recorded-plan/prod.json";
const record = recordIn(readFileSync(join(projectFolder, FILE), "utf8"), FILE, "prod");
const committed = committedSettings(projectFolder, "prod") ?? {};

describe("the first set-up on an account", () => {
  it("is not the plan of this repository, which is compared with that of the last release", () =>
    assert.equal(firstSetUp(record, committed, FILE), null));

  for (const [what, change] of [
    ["region", { "aws:region": "eu-west-1" }],
    ["network", { "slipway:vpcCidr": "10.64.0.0/16" }],
    ["account", { "slipway:accountId": "999988887777" }],
    ["kind of node", { "slipway:compute": "node-groups" }],
  ] as const)
    it(`compares another ${what} with nothing, because nothing exists, and says how to record one's own`, () => {
      const note = firstSetUp(record, { ...committed, ...change }, FILE) ?? "";
      assert.match(
        note,
        new RegExp(`first set-up: compared with nothing.* ${Object.keys(change).join()} is no longer`),
      );
      assert.match(note, /npx slipway preview prod --no-policies --record test\/recorded-plan\/prod\.json$/);
    });

  it("does not hide that a system goes, nor anything in an account that somebody has", () => {
    assert.equal(firstSetUp(record, { ...committed, "slipway:system": "health" }, FILE), null);
    const theirs = { ...record, facts: { ...record.facts, "slipway:accountId": "999988887777" } };
    assert.equal(firstSetUp(theirs, { ...committed, "aws:region": "eu-west-1" }, FILE), null);
    assert.equal(firstSetUp({ ...record, facts: {} }, { ...committed, "aws:region": "eu-west-1" }, FILE), null);
  });
});
