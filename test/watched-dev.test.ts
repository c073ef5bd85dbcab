import assert from "node:assert/strict";
import type { PreviewPlan } from "../cli/preview/preview-plan.ts";
import { planOnlyPreview } from "../cli/preview/plan-only.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1" || process.env["SLIPWAY_ENGINE_TESTS"] === "1";

describe(
  live ? "dev with its monitoring" : "dev with its monitoring (skipped: it needs the engine, which `npm test` makes)",
  function () {
    this.timeout(300_000);
    const plans = new Map<string, PreviewPlan>();

    before(async function () {
      if (!live) return this.skip();
      for (const monitoring of ["standard", "lab"]) {
        plans.set(
          monitoring,
          await planOnlyPreview(
            { stack: "dev", policies: true, recorded: null, config: { "slipway:monitoring": monitoring } },
            standardProgress(false),
          ),
        );
      }
    });

    const ofMonitoring = (plan: PreviewPlan) =>
      plan.steps.filter(({ urn }) => urn.includes("slipway:observability:Observability"));

    for (const monitoring of ["standard", "lab"]) {
      it(`breaks no mandatory policy with ${monitoring} timing`, () => {
        const plan = plans.get(monitoring)!;
        assert.deepEqual(
          plan.diagnostics.filter(({ severity }) => severity === "error"),
          [],
        );
        assert.deepEqual(
          plan.policies
            .filter(({ enforcementLevel }) => enforcementLevel === "mandatory")
            .map(({ policyName, message }) => `${policyName}: ${message}`),
          [],
        );
        assert.ok(ofMonitoring(plan).length > 30);
      });
    }

    it("lets no update of the systems wait for what watches them", () => {
      const awaited = ofMonitoring(plans.get("standard")!).filter(({ type }) =>
        /:(Deployment|StatefulSet|DaemonSet|Service)$/.test(type),
      );
      assert.ok(awaited.length > 8);
      for (const { urn, new: inputs } of awaited) {
        const { metadata } = inputs as { metadata: { annotations?: Record<string, string> } };
        assert.equal(metadata.annotations?.["pulumi.com/skipAwait"], "true", urn);
      }
    });
  },
);
