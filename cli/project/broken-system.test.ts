import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject } from "../../test/project-copy.ts";

const MISTAKES = [
  ['      tier: "critical",', '      teir: "crtical",', /order: teir \[unknown-word\]\n.*did you mean "tier"/],
  ['kind: "mariadb"', 'kind: "postgress"', /stores\.order-db\.kind \[unknown-choice\]/],
  ["      routes: [", "      route: [", /order: route \[unknown-word\]\n.*did you mean "routes"/],
  ["        payment: {", "        paymnt: {", /fishdelivery\/order: calls\.paymnt/],
  ['within: "700ms"', 'within: "700 fortnights"', /fishdelivery\/order: slo\.latency\.within/],
  ['        "OrderRefused",', '        "OrderRefusd",', /fishdelivery\/order: consumes/],
] as const;

describe("a wrong description", function () {
  this.timeout(60_000);
  let folder = "";

  before(() => {
    folder = copyProject("broken");
    const file = join(folder, "systems/fishdelivery/system.ts");
    const broken = MISTAKES.reduce((text, [right, wrong]) => text.replace(right, wrong), readFileSync(file, "utf8"));
    writeFileSync(file, broken);
    // Nothing may be reached from here, should a command go on regardless.
    writeFileSync(
      join(folder, "Pulumi.dev.yaml"),
      "config:\n  slipway:kubeContext: nowhere\n  slipway:registry: registry.invalid/slipway\n",
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const args of [
    ["plan", "fishdelivery"],
    ["graph", "fishdelivery"],
    ["up", "dev"],
    ["preview", "prod"],
    ["generate"],
  ]) {
    it(`ends "slipway ${args.join(" ")}" with 2 and every fault at once, before anything is done`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/main.ts", ...args], {
        cwd: folder,
        encoding: "utf8",
        timeout: 30_000,
        env: { ...process.env, NO_COLOR: "1" },
      });
      assert.deepEqual([status, stdout], [2, ""], stderr);
      for (const [, , place] of MISTAKES) assert.match(stderr, place);
      const [, count] = /has (\d+) faults; nothing was deployed/.exec(stderr) ?? [];
      assert.equal(stderr.match(/^ {4}fix: /gm)?.length, Number(count), stderr);
    });
  }
});
