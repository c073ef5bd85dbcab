import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkSystem } from "../../model/check.ts";
import { planSystem } from "../../model/plan.ts";
import { STAGES } from "../../model/stage.ts";
import type { System } from "../../model/system.ts";
import { type FileStack, fileStack, filesProvider } from "../file-stack.ts";
import { registered } from "../golden.ts";
import { mandatoryFindings } from "../judged.ts";
import { skipInQuickGate } from "../skip.ts";

const project = join(import.meta.dirname, "../..");
const page = readFileSync(join(project, "docs/bring-your-service.md"), "utf8");
const blocks = [...page.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code = ""]) => code);
const stores = blocks.filter((code) => code.startsWith("stores: {"));
const transforms = blocks.filter((code) => code.startsWith("import "));
const entries = blocks.filter((code) => !stores.includes(code) && !transforms.includes(code));

/** The system of the page: all its blocks together, in the order in which they stand there. */
const description = `import { defineSystem } from ${JSON.stringify(join(project, "model/system.ts"))};
import { fact, secret, template } from ${JSON.stringify(join(project, "model/words/value.ts"))};
export const shop = defineSystem({
  name: "shop",
  purpose: "Sells",
  owner: "shop-team",
${stores.join("")}
  services: {
${entries.join("")}
  },
  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
});
`;

describe("the guide for services that are there already", function () {
  this.timeout(60_000);
  let folder = "";
  let shop: System;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "slipway-guide-"));
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    writeFileSync(join(folder, "system.ts"), description);
    ({ shop } = (await import(join(folder, "system.ts"))) as { shop: System });
  });
  after(() => rmSync(folder, { recursive: true }));

  it("shows entries that pass the checker", () => {
    assert.deepEqual(checkSystem(shop), []);
    assert.equal(Object.keys(shop.services).length, 6);
  });

  for (const stage of STAGES)
    it(`shows entries that can be declared on ${stage} and break no mandatory policy`, async () => {
      const plan = planSystem(shop, stage);
      assert.deepEqual(
        plan.secrets.map(({ name, onDev }) => `${name}: ${onDev}`),
        ["stripe-key: asked", "session: generated"],
      );
      const resources = await registered({ system: shop, stage });
      assert.deepEqual(mandatoryFindings(resources, stage), []);
      const [, type, name] = /type !== "([^"]+)" \|\| name !== "([^"]+)"/.exec(transforms.join("")) ?? [];
      assert.ok(resources.some((resource) => resource.type === type && resource.name === name));
    });

  it("shows entries that the compiler takes", function () {
    skipInQuickGate(this, "a second type check");
    const config = { extends: join(project, "tsconfig.json"), include: [], compilerOptions: { incremental: false } };
    writeFileSync(join(folder, "transform.ts"), transforms.join(""));
    const files = ["system.ts", "transform.ts"].map((file) => join(folder, file));
    const options = { ...config.compilerOptions, types: ["node"], typeRoots: [join(project, "node_modules/@types")] };
    const whole = { ...config, files, compilerOptions: options };
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(whole));
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(project, "node_modules/typescript-native/bin/tsc"), "-p", folder],
      { encoding: "utf8" },
    );
    assert.equal(status, 0, stdout);
  });
});

describe("the way out of the guide, through the real engine", function () {
  this.timeout(120_000);
  let stack: FileStack;
  before(async function () {
    stack = await fileStack(this);
  });
  after(() => stack?.remove());

  it("changes what it names before anything is declared, and nothing else", async () => {
    const deployment = (name: string) =>
      `new Deployment("${name}", { spec: { selector: {}, template: { spec: { containers: [{ name: "service", image: later.result }] } } } }, { provider });\n`;
    stack.write(
      `${transforms.join("")}import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";\nimport { RandomString } from "@pulumi/random/randomString.js";\n${filesProvider(stack.folder)}const later = new RandomString("later", { length: 8 });\n${deployment("shop-orders")}${deployment("shop-prices")}`,
    );
    const { stdout } = await stack.pulumi(["preview", "--json", "--non-interactive"]);
    const { steps } = JSON.parse(stdout) as {
      steps: readonly { urn: string; newState: { inputs?: { spec?: Spec } } }[];
    };
    const classes = steps.flatMap(({ urn, newState: { inputs } }) => {
      const pods = inputs?.spec?.template.spec;
      return pods ? [[urn.split("::").at(-1) ?? "", [pods.runtimeClassName, pods.containers.length]] as const] : [];
    });
    assert.deepEqual(Object.fromEntries(classes), { "shop-orders": ["gvisor", 1], "shop-prices": [undefined, 1] });
  });
});

interface Spec {
  readonly template: { readonly spec: { readonly runtimeClassName?: string; readonly containers: readonly object[] } };
}
