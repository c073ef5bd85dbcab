import assert from "node:assert/strict";
import { join } from "node:path";
import { withheldState } from "../cli/preview/withheld-state.ts";
import { type FileStack, fileStack, filesProvider, fromProject } from "../test/file-stack.ts";
import { ownState, planOnlyStack } from "../toolchain/engine/plan-only.ts";

/** A Secret like those of a stack, and something whose name follows from the Secret's. */
const program = (folder: string, value: string): string => `
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
${fromProject("withoutSecrets", "stacks/without-secrets.ts")}${fromProject("credential", "components/manifests/settings.ts")}${filesProvider(folder)}
withoutSecrets();
const owner = { namespace: "shop", system: "shop", name: "order", component: "service", team: "a" };
const secret = new Secret("order", credential(owner, { DATABASE_PASSWORD: ${JSON.stringify(value)} }), { provider });
new ConfigMap("reader", { metadata: { namespace: "shop" }, data: { reads: secret.metadata.name } }, { provider });
`;

describe("a Secret whose values are withheld, through Kubernetes' own provider", function () {
  this.timeout(120_000);
  let stack: FileStack;
  const write = (value: string): void => stack.write(program(stack.folder, value));

  before(async function () {
    stack = await fileStack(this);
    write("first");
    await stack.pulumi(["up", "--yes", "--non-interactive"]);
  });
  after(() => stack?.remove());

  /** What a preview would do, on the state as it lies there or on a copy that was made without its key. */
  async function changes(withheld: boolean): Promise<string[]> {
    const copy = join(stack.folder, "copy");
    const resources = withheldState((await stack.pulumi(["stack", "export"])).stdout);
    const file = await planOnlyStack({ folder: copy }, "shop", "dev", "config: {}\n", resources);
    const [more, args] = withheld
      ? [{ ...ownState(copy), SLIPWAY_SECRETS: "withheld" }, ["--config-file", file]]
      : [{}, []];
    const { steps } = JSON.parse(
      (await stack.pulumi(["preview", "--json", "--non-interactive", ...args], more)).stdout,
    ) as {
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
