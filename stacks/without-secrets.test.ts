import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { withheldState } from "../cli/preview/withheld-state.ts";
import { ownState, planOnlyStack } from "../toolchain/engine/plan-only.ts";
import { pulumiEnvironment } from "../toolchain/engine/pulumi-environment.ts";
import { quiet } from "../toolchain/machine/progress.ts";
import { inspectEntry } from "../toolchain/tools/cache-entry.ts";
import { toolSets } from "../toolchain/tools/catalogue/tools.ts";
import { entryFolder } from "../toolchain/tools/resolve.ts";
import { skip, skipInQuickGate } from "../test/skip.ts";

const run = promisify(execFile);
const NEEDED = ["pulumi", "kubernetes", "pulumi-resource-kubernetes", "pulumi-resource-random"] as const;
const project = join(import.meta.dirname, "..");

/** A Secret like those of a stack, and something whose name follows from the Secret's; the provider writes files, so no cluster is asked. */
const program = (folder: string, value: string): string => `
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { withoutSecrets } from ${JSON.stringify(join(project, "stacks/without-secrets.ts"))};
import { credential } from ${JSON.stringify(join(project, "components/manifests/settings.ts"))};
withoutSecrets();
const provider = new Provider("files", { renderYamlToDirectory: ${JSON.stringify(join(folder, "files"))} });
const owner = { namespace: "shop", system: "shop", name: "order", component: "service", team: "a" };
const secret = new Secret("order", credential(owner, { DATABASE_PASSWORD: ${JSON.stringify(value)} }), { provider });
new ConfigMap("reader", { metadata: { namespace: "shop" }, data: { reads: secret.metadata.name } }, { provider });
`;

describe("a Secret whose values are withheld, through Kubernetes' own provider", function () {
  this.timeout(120_000);
  const stateHome = process.env["XDG_STATE_HOME"];
  let folder = "";
  let env: NodeJS.ProcessEnv = {};
  const pulumi = async (args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> =>
    (await run("pulumi", [...args, "--stack", "dev"], { cwd: folder, env: { ...env, ...more } })).stdout;
  const write = (value: string): void => writeFileSync(join(folder, "index.ts"), program(folder, value));

  before(async function () {
    skipInQuickGate(this, "the engine");
    for (const name of NEEDED) {
      if ((await inspectEntry(entryFolder(name, toolSets[name]))).state === "good") continue;
      return skip(this, `${name} is not in the cache; npx slipway start brings it`);
    }
    folder = mkdtempSync(join(tmpdir(), "slipway-withheld-"));
    process.env["XDG_STATE_HOME"] = join(folder, "home");
    env = { ...process.env, ...(await pulumiEnvironment(quiet)) };
    mkdirSync(join(folder, "files"));
    const settings = "name: shop\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n";
    writeFileSync(join(folder, "Pulumi.yaml"), settings);
    writeFileSync(join(folder, "package.json"), '{"name":"shop","version":"0.0.1","type":"module","main":"index.ts"}');
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
    write("first");
    await pulumi(["stack", "init", "--non-interactive"]);
    await pulumi(["up", "--yes", "--non-interactive"]);
  });
  after(() => {
    if (stateHome === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = stateHome;
    if (folder) rmSync(folder, { recursive: true });
  });

  /** What a preview would do, on the state as it lies there or on a copy that was made without its key. */
  async function changes(withheld: boolean): Promise<string[]> {
    const copy = join(folder, "copy");
    const resources = withheldState(await pulumi(["stack", "export"]));
    const file = await planOnlyStack({ folder: copy }, "shop", "dev", "config: {}\n", resources);
    const [more, args] = withheld
      ? [{ ...ownState(copy), SLIPWAY_SECRETS: "withheld" }, ["--config-file", file]]
      : [{}, []];
    const { steps } = JSON.parse(await pulumi(["preview", "--json", "--non-interactive", ...args], more)) as {
      steps: readonly { readonly op: string; readonly urn: string }[];
    };
    return steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
  }

  it("seems to change neither itself nor what reads it, whatever its values are by now", async () => {
    assert.deepEqual(await changes(true), []);
    write("second");
    assert.deepEqual(await changes(true), []);
  });

  it("is shown as changed by the preview of an update, with what reads it", async () => {
    write("second");
    assert.ok((await changes(false)).some((change) => change === "replace order"));
  });
});
