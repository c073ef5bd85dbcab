import assert from "node:assert/strict";
import { askGood } from "../../testing/asked.ts";

const alone = { "-": ["HorizontalPodAutoscaler/order", "PodDisruptionBudget/order"] };

describe("a Deployment of few replicas", () => {
  for (const [replicas, rolling, wrong] of [
    [1, undefined, 0],
    [3, undefined, 0], // 25 % of three, rounded down, is none
    [4, undefined, 1],
    [1, { maxUnavailable: 1 }, 1],
    [1, { maxUnavailable: "100%" }, 1],
    [2, { maxUnavailable: "49%" }, 0],
    [2, { maxUnavailable: "50%" }, 1],
  ] as const)
    it(`is told to surge first only where a pod would be missing: ${replicas} × ${JSON.stringify(rolling)}`, () => {
      const edits = {
        ...alone,
        "Deployment/order spec.replicas": replicas,
        "Deployment/order spec.strategy": { rollingUpdate: rolling },
      };
      assert.equal(askGood("surge-first", edits).found.length, wrong);
    });
  it("needs a disruption budget as soon as it is replicated", () => {
    for (const [replicas, wrong] of [
      [0, 0],
      [1, 0],
      [2, 1],
    ])
      assert.equal(
        askGood("budget-exists", { ...alone, "Deployment/order spec.replicas": replicas }).found.length,
        wrong,
      );
  });
});
