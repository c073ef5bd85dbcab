import assert from "node:assert/strict";
import { changingSteps } from "../cli/preview/components-of.ts";
import { keylessPreview } from "../cli/preview/live.ts";
import { HIDDEN, SIGNATURE } from "../cli/preview/masked.ts";
import type { PreviewPlan } from "../cli/preview/preview-plan.ts";
import { type RecordedResource, recordedState, recordPlan } from "../cli/preview/recorded-plan.ts";
import { planOnlyStack, withPlanOnlyEngine } from "../toolchain/engine/plan-only.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";
import { config, errorsOf, live, planned } from "./engine-plans.ts";

/** A secret as the engine seals it, with a key that nobody here has. */
const SEALED = { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:bm9uY2U=:c2VhbGVk" };

const sealed = (value: unknown): unknown => {
  if (value === HIDDEN) return SEALED;
  if (Array.isArray(value)) return value.map(sealed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sealed(member)]));
};
const isSecret = ({ type }: { readonly type: string }): boolean => type === "kubernetes:core/v1:Secret";
const changes = (plan: PreviewPlan): string[] => changingSteps(plan).map(({ op, urn }) => `${op} ${urn}`);

/** What an update would have left of a plan: its secrets sealed, as the engine keeps them. */
function sealedState(plan: PreviewPlan): RecordedResource[] {
  return recordedState(recordPlan(plan, { whole: true })).map((resource) => {
    const found = sealed(resource) as RecordedResource;
    if (!isSecret(resource)) return found;
    return { ...found, inputs: { ...found.inputs, stringData: SEALED }, outputs: { ...found.outputs, data: SEALED } };
  });
}

/** A live preview on that state by somebody who has no passphrase; stand-ins answer for the providers. */
async function keyless(resources: readonly RecordedResource[], refresh: boolean): Promise<PreviewPlan> {
  return withPlanOnlyEngine(standardProgress(false), async (engine) => {
    const { PULUMI_CONFIG_PASSPHRASE: _, ...env } = engine.env;
    await planOnlyStack(engine, "slipway", "prod", "config: {}\n", resources);
    return keylessPreview({ policies: false, refresh }, { stack: "prod", config, env });
  });
}

describe(live ? "a preview" : "a preview (skipped: it needs the engine, which `npm test` makes)", function () {
  this.timeout(300_000);
  let plan: PreviewPlan;

  before(async function () {
    if (!live) return this.skip();
    plan = await planned();
  });

  it("shows nothing as changed only because secrets are withheld, compared with a record of everything", async () => {
    const again = await planned({ against: recordPlan(plan, { whole: true }) });
    assert.equal(errorsOf(again), "");
    assert.deepEqual(changes(again), []);
  });

  it("needs no key of the state, and shows no Secret as changed", async () => {
    assert.ok(plan.steps.filter(isSecret).length > 5);
    const found = await keyless(sealedState(plan), false);
    assert.equal(errorsOf(found), "");
    assert.deepEqual(changes(found), []);
  });

  it("passes over the Secrets of the cluster when it looks for drift: who has no key may not read them either", async () => {
    const drifted = sealedState(plan).map((resource) =>
      isSecret(resource) ? { ...resource, inputs: { ...resource.inputs, type: "kubernetes.io/basic-auth" } } : resource,
    );
    const found = await keyless(drifted, true);
    assert.equal(errorsOf(found), "");
    assert.deepEqual(changes(found), []);
  });
});
