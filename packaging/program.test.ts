import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { withPlanOnlyEngine, planOnlyStack } from "../toolchain/engine/plan-only.ts";
import { inspectEntry } from "../toolchain/tools/cache-entry.ts";
import { toolSets } from "../toolchain/tools/catalogue/tools.ts";
import { entryFolder } from "../toolchain/tools/resolve.ts";
import { quiet } from "../toolchain/machine/progress.ts";
import { SHIPPED } from "../toolchain/roots/shipped.ts";
import { skip, skipInQuickGate } from "../test/skip.ts";
import { installedPackage } from "./installed-package.ts";

const run = promisify(execFile);

describe("somebody's own Pulumi program with the package, through the real engine", function () {
  this.timeout(300_000);
  let folder = "";

  before(async function () {
    skipInQuickGate(this, "the engine");
    if ((await inspectEntry(entryFolder("pulumi", toolSets.pulumi))).state !== "good")
      return skip(this, "pulumi is not in the cache; npx slipway start brings it");
    folder = await installedPackage("program");
    cpSync(join(SHIPPED, "test/package"), folder, { recursive: true });
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** Previews a project with stand-ins for its providers. */
  const previewed = (project: string, args: readonly string[], compiler: boolean): Promise<string> =>
    withPlanOnlyEngine(quiet, async (engine) => {
      const file = await planOnlyStack(engine, project, "test", "config: {}\n");
      const { NODE_OPTIONS: _, PULUMI_NODEJS_TYPESCRIPT: _typescript, ...env } = engine.env;
      const used = compiler ? env : engine.env; // the first keeps the compiler, as every engine but ours does
      const line = ["preview", "--stack", "test", "--config-file", file, "--non-interactive", ...args];
      return await run(engine.pulumi, line, { cwd: join(folder, project), env: used, maxBuffer: 2 ** 26 }).then(
        ({ stdout }) => stdout,
        ({ stdout }: { stdout: string }) => stdout,
      );
    });

  for (const compiler of [true, false])
    it(`declares components alone, ${compiler ? "compiled by ts-node as Pulumi does by itself" : "with its types stripped by Node.js"}`, async () => {
      const file = join(folder, "flat/Pulumi.yaml");
      // Pulumi's ts-node compiles CommonJS; an ES module is stripped by Node.js whatever Pulumi.yaml says.
      writeFileSync(
        join(folder, "flat/package.json"),
        JSON.stringify({ name: "flat", ...(!compiler && { type: "module" }) }),
      );
      writeFileSync(file, readFileSync(file, "utf8").replace(/typescript: \w+/, `typescript: ${compiler}`));
      const output = await previewed("flat", [], compiler);
      for (const told of [/Microservice orders create/, /Gateway shop create/, /Deployment/, /url *: "https/])
        assert.match(output, told);
      assert.doesNotMatch(output, /error:/);
    });

  it("is judged by the policy pack alone, from where it is installed", async () => {
    writeFileSync(join(folder, "flat/program.ts"), BARE);
    const output = await previewed("flat", ["--policy-pack", join(folder, "node_modules/slipway/policies")], false);
    assert.match(output, /slipway/);
    assert.match(output, /mandatory/);
  });

  it("is planned for production by one command where the description is beside it", () => {
    const slipway = (args: readonly string[], cwd: string) =>
      spawnSync(process.execPath, [join(folder, "node_modules/slipway/bin.mjs"), ...args], { cwd, encoding: "utf8" });
    const shop = join(folder, "shop");
    assert.equal(slipway(["init", "--name", "notes-shop"], shop).status, 0);
    cpSync(join(shop, "system.ts"), join(shop, "deploy/system.ts"));
    cpSync(join(shop, "deploy/Pulumi.prod.yaml"), join(shop, "deploy/Pulumi.prod-eu.yaml"));
    for (const stack of ["prod", "prod-eu"]) {
      const { status, stdout, stderr } = slipway(["preview", stack], shop);
      assert.equal(status, 0, stderr + stdout);
      assert.match(stdout, new RegExp(`preview of ${stack} \\(plan only\\) done: \\d+ create.*policies passed`));
    }
    const { status, stderr } = slipway(["preview", "staging"], shop);
    assert.equal(status, 2);
    assert.match(stderr, /slipway:stage: found nothing, allowed: dev, prod\. Fix: write .* in Pulumi\.staging\.yaml/);
  });
});

const BARE = `import * as kubernetes from "@pulumi/kubernetes";
new kubernetes.apps.v1.Deployment("web", {
  metadata: { namespace: "shop" },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image: "nginx:latest" }] } },
  },
});
`;
