import assert from "node:assert/strict";
import { forgetSecret, keepSecret } from "../toolchain/machine/kept-secrets.ts";
import { type FileStack, fileStack, filesProvider, fromProject } from "../test/file-stack.ts";

const PLAN = {
  name: "shop",
  secrets: [
    { name: "stripe-key", onDev: "asked", readers: ["payment", "refund"] },
    { name: "bank-key", onDev: "asked", readers: ["refund"] },
    { name: "salt", onDev: "generated", readers: ["payment"] },
  ],
};

/** A Secret with all of them, and something that reads it as pods do: by its name. */
const program = (folder: string): string => `
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
${fromProject("devSecrets", "stacks/dev-secrets.ts")}${fromProject("credential", "components/manifests/settings.ts")}${filesProvider(folder)}
const plan = ${JSON.stringify(PLAN)};
const secret = devSecrets([plan], "dev")(plan);
const owner = { namespace: "shop", system: "shop", name: "payment", component: "service", team: "a" };
const values = Object.fromEntries(plan.secrets.map(({ name }) => [name, secret(name)]));
const kept = new Secret("payment", credential(owner, values), { provider });
new ConfigMap("reader", { metadata: { namespace: "shop" }, data: { reads: kept.metadata.name } }, { provider });
`;

describe("secrets of services on this machine, through the real engine", function () {
  this.timeout(120_000);
  let stack: FileStack;
  /** Everything that the engine said and wrote down until now. */
  const said: string[] = [];
  const up = async () => {
    const { stdout, stderr } = await stack.pulumi(["up", "--yes", "--non-interactive", "--diff"]);
    const { stdout: state } = await stack.pulumi(["stack", "export"]);
    said.push(stdout, stderr, state);
    return stdout;
  };
  const changes = async (): Promise<string[]> => {
    const { stdout } = await stack.pulumi(["preview", "--json", "--non-interactive"]);
    said.push(stdout);
    const { steps } = JSON.parse(stdout) as { steps: readonly { op: string; urn: string }[] };
    return steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
  };

  before(async function () {
    stack = await fileStack(this);
    stack.write(program(stack.folder));
  });
  after(() => stack?.remove());

  it("stop the program before anything is registered while one is missing, all at once, each with its command", async () => {
    await assert.rejects(up(), ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      const text = stdout + stderr;
      assert.match(text, /2 secrets are missing; nothing was deployed:/);
      assert.match(
        text,
        /shop\/stripe-key, which payment and refund read\. Fix: npx slipway secret set shop\/stripe-key/,
      );
      assert.match(text, /shop\/bank-key, which refund reads\. Fix: npx slipway secret set shop\/bank-key/);
      return true;
    });
    assert.ok(!(await stack.pulumi(["stack", "export"])).stdout.includes("kubernetes:core"));
  });

  it("roll who reads them when one is changed, and change nothing otherwise", async () => {
    await keepSecret("dev", "shop/stripe-key", "hush-first");
    await keepSecret("dev", "shop/bank-key", "hush-bank");
    await up();
    assert.deepEqual(await changes(), []);
    await keepSecret("dev", "shop/stripe-key", "hush-second");
    const changed = await changes();
    assert.ok(changed.includes("replace payment"), changed.join(", "));
    assert.ok(
      changed.some((change) => /^(update|replace) reader$/.test(change)),
      changed.join(", "),
    );
    await up();
    assert.deepEqual(await changes(), []);
  });

  it("that are generated can be written by hand, and are made anew once that is forgotten", async () => {
    await keepSecret("dev", "shop/salt", "hush-salt");
    await up();
    await forgetSecret("dev", "shop/salt");
    await up();
    assert.deepEqual(await changes(), []);
  });

  it("are in no plan, diff, output or state, whatever was done", () => {
    assert.ok(said.length >= 12);
    for (const text of said)
      assert.ok(
        !text.includes("hush"),
        text.split("\n").find((line) => line.includes("hush")),
      );
  });
});
