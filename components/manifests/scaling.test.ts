import assert from "node:assert/strict";
import { serviceAt, workloadOf } from "../../test/shop.ts";
import { autoscaler } from "./autoscaler.ts";
import { disruptionBudget } from "./disruption-budget.ts";
import { selector } from "./metadata.ts";

describe("autoscaler", () => {
  for (const [stage, floor] of [
    ["dev", 2],
    ["prod", 3],
  ] as const) {
    it(`keeps ${floor} replicas of a critical service on ${stage}`, () => {
      const { spec } = autoscaler(serviceAt("order"), workloadOf("order", stage), "order-1a2b") as unknown as {
        spec: Record<string, unknown>;
      };
      assert.equal(spec["minReplicas"], floor);
      assert.deepEqual(spec["scaleTargetRef"], { apiVersion: "apps/v1", kind: "Deployment", name: "order-1a2b" });
    });
  }

  it("doubles at once, by two pods at least, and takes its time to shrink", () => {
    const { spec } = autoscaler(serviceAt("order"), workloadOf("order"), "order") as unknown as {
      spec: {
        behavior: Record<string, { stabilizationWindowSeconds: number; policies: { type: string; value: number }[] }>;
      };
    };
    const { scaleUp, scaleDown } = spec.behavior;
    assert.equal(scaleUp?.stabilizationWindowSeconds, 0);
    assert.deepEqual(
      scaleUp?.policies.map(({ type, value }) => [type, value]),
      [
        ["Percent", 100],
        ["Pods", 2],
      ],
    );
    assert.equal(scaleDown?.stabilizationWindowSeconds, 300);
  });
});

describe("disruption budget", () => {
  it("allows a drain at the floor, whatever the floor is", () => {
    const { spec } = disruptionBudget(serviceAt("order"));
    assert.deepEqual(spec, {
      maxUnavailable: 1,
      selector: { matchLabels: selector(serviceAt("order")) },
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    });
  });
});
