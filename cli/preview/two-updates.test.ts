import assert from "node:assert/strict";
import { previewMarkdown } from "./markdown.ts";
import { events, planned, step } from "./sample-plan.ts";
import { previewText } from "./text.ts";
import type { PreviewPlan } from "./preview-plan.ts";

const binding = step("create", "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", "shop");
const cluster = step("create", "aws:eks/cluster:Cluster", "slipway-prod");

describe("a preview with node groups", () => {
  for (const [what, show] of [
    ["terminal", (plan: PreviewPlan) => previewText(plan, false)],
    ["comment", (plan: PreviewPlan) => previewMarkdown(plan)],
  ] as const)
    it(`says on the ${what} that the first update makes the cluster and another one follows the controller`, () => {
      assert.match(
        show(planned([cluster, binding])),
        /two updates: .* install the AWS Load Balancer Controller there, then run/,
      );
      assert.match(show(planned([binding])), /want the AWS Load Balancer Controller in the cluster before the update/);
    });

  it("says nothing of it once all is there, and on Auto Mode, which brings it", () => {
    const same = step("same", "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", "shop");
    const auto = step("create", "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding", "shop");
    for (const steps of [[same], [cluster, auto], events.slice(0, 0)])
      assert.doesNotMatch(previewText(planned(steps), false), /Load Balancer Controller/);
  });
});
