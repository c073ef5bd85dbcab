import assert from "node:assert/strict";
import type { System } from "../../system.ts";
import { ownCallSettings, planCalls } from "./calls.ts";

describe("what a program is told of its calls", () => {
  it("takes every number of its breaker, under names of its own", () => {
    const settings = {
      WAIT: "timeoutMs",
      OPENS_AT: "breakerErrorPercent",
      OPEN_FOR: "breakerOpenMs",
      OF_CALLS: "breakerMinCalls",
    } as const;
    const call = { reason: "test", onFailure: "own", transactional: false, keptBy: { settings } } as const;
    const part = { purpose: "test", tier: "standard", slo: { declined: "test" }, routes: [] } as const;
    const shop = { ...part, from: { build: "shop" }, calls: { stock: call } } as const;
    const entry = { declined: "test" };
    const system: System = { name: "test", purpose: "test", owner: "test", entry, services: { shop, stock: part } };
    const [plan] = planCalls(system, "shop");
    assert.ok(plan);
    assert.deepEqual(ownCallSettings(shop, [plan]), {
      WAIT: String(plan.timeoutMs),
      OPENS_AT: String(plan.breakerErrorPercent),
      OPEN_FOR: String(plan.breakerOpenMs),
      OF_CALLS: String(plan.breakerMinCalls),
    });
  });
});
