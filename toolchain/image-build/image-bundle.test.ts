import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./image-bundle.ts";
import { SHIPPED } from "../roots/shipped.ts";
import { sourcesOf } from "./image-sources.ts";

const services = readdirSync(join(SHIPPED, "systems"), { withFileTypes: true })
  .map(({ name }) => join("systems", name, "services"))
  .filter((folder) => existsSync(join(SHIPPED, folder)))
  .flatMap((folder) => readdirSync(join(SHIPPED, folder)).map((file) => join(folder, file)))
  .filter(
    (file) =>
      file.endsWith(".ts") &&
      !file.endsWith(".test.ts") &&
      readFileSync(join(SHIPPED, file), "utf8").includes("/runtime/service.ts"),
  );

describe("service bundle", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "slipway-bundle-"))));
  after(() => rmSync(folder, { recursive: true }));

  for (const entry of [...services, "runtime/job.ts", "runtime/verifier.ts"]) {
    it(`holds exactly the files that the hash of ${entry} covers`, async () => {
      assert.deepEqual(await bundle(SHIPPED, entry, join(folder, "service.mjs")), sourcesOf(SHIPPED, entry).files);
    });
  }

  it("is one file that runs without node_modules", () => {
    const args = [join(folder, "service.mjs"), "no-such-task"];
    const run = () => execFileSync(process.execPath, args, { cwd: folder, env: {}, encoding: "utf8", stdio: "pipe" });
    // It starts, and ends at the first thing it misses: its settings, not a module.
    assert.throws(run, (error: { stderr: string }) => !/Cannot find|ERR_MODULE|ENOENT|SyntaxError/.test(error.stderr));
  });

  it("holds neither the environment nor any path of the machine that made it", () => {
    const text = readFileSync(join(folder, "service.mjs"), "utf8");
    const secrets = Object.entries(process.env).filter(
      ([name, value = ""]) => /TOKEN|SECRET|PASS|KEY/.test(name) && value.length > 7,
    );
    for (const [name, value] of secrets) assert.ok(!text.includes(value ?? ""), `${name} is in the bundle`);
    assert.ok(!text.includes(SHIPPED), "paths are relative to the project");
  });
});
