import assert from "node:assert/strict";
import { registered } from "../../test/golden.ts";
import { boutique } from "../../test/foreign/boutique.ts";

interface Egress {
  readonly to: readonly { readonly ipBlock?: object; readonly domainNames?: readonly string[] }[];
}

/** Ways out of the one service that asks a third party, by the kind of policy. */
async function waysOut(stage: "dev" | "prod"): Promise<{ kind: string; egress: readonly Egress[] }[]> {
  const all = await registered({ system: boutique, stage });
  return all
    .filter(({ type, name }) => type.endsWith("NetworkPolicy") && name.startsWith("boutique-shoppingassistantservice"))
    .map(({ type, inputs }) => ({
      kind: type.split(":").at(-1) ?? "",
      egress: (inputs as { spec: { egress: Egress[] } }).spec.egress,
    }));
}

describe("the way to a third party", () => {
  it("is its name where the nodes can hold a program to it, and no block of addresses", async () => {
    const policies = await waysOut("prod");
    const named = policies.find(({ kind }) => kind === "ApplicationNetworkPolicy");
    assert.deepEqual(
      named?.egress.flatMap(({ to }) => to.flatMap(({ domainNames }) => domainNames ?? [])),
      ["generativelanguage.googleapis.com"],
    );
    const plain = policies.filter(({ kind }) => kind === "NetworkPolicy").flatMap(({ egress }) => egress);
    assert.ok(plain.every(({ to }) => to.every(({ ipBlock }) => !JSON.stringify(ipBlock ?? {}).includes("0.0.0.0/0"))));
  });

  it("is its port at public addresses everywhere else", async () => {
    const policies = await waysOut("dev");
    assert.deepEqual(
      policies.map(({ kind }) => kind),
      ["NetworkPolicy"],
    );
    assert.match(JSON.stringify(policies[0]?.egress), /"0\.0\.0\.0\/0","except":\["10\.0\.0\.0\/8"/);
  });
});
