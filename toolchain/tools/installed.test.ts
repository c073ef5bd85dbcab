import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareVersions, findInstalled } from "./installed.ts";
import type { ToolSet } from "./catalogue/recipe.ts";

describe("a tool on the machine", () => {
  const path = process.env["PATH"];
  let folder = "";
  const program = (name: string, output: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${output}"\n`);
    chmodSync(join(folder, name), 0o755);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-path-"));
    process.env["PATH"] = `${folder}:${path}`;
  });
  afterEach(() => {
    process.env["PATH"] = path;
    rmSync(folder, { recursive: true });
  });
  const set: ToolSet = {
    purpose: "test",
    version: "3.250.0",
    tools: { slip: "bin/slip", "slip-helper": "bin/slip-helper" },
    installed: { program: "slip", arguments: ["version"], from: "3.250.0", below: "3.250.1" },
    build: [],
    minutes: 1,
    megabytes: 1,
  };

  it("is used when its version fits and the rest of the set is beside it", async () => {
    program("slip", "v3.250.0");
    program("slip-helper", "");
    assert.deepEqual(await findInstalled(set), {
      version: "3.250.0",
      paths: { slip: join(folder, "slip"), "slip-helper": join(folder, "slip-helper") },
    });
  });

  it("is not used in another version", async () => {
    program("slip", "v3.251.0");
    program("slip-helper", "");
    assert.equal(await findInstalled(set), undefined);
  });

  it("is not used without the rest of the set", async () => {
    program("slip", "v3.250.0");
    assert.equal(await findInstalled(set), undefined);
  });

  it("has a version that is compared by number", () => {
    assert.ok(compareVersions("1.26.10", "1.26.9") > 0);
    assert.equal(compareVersions("1.26", "1.26.0"), 0);
  });
});
