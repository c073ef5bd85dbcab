import type { Cases } from "../../testing/case.ts";

const weakness = { service: "order", kind: "one", about: "replicas", reason: "its book is in memory" };
const system = { type: "slipway:system:System", name: "shop", props: { plan: { name: "shop", weaknesses: [] } } };

export const cases: Cases = {
  "declared-weaknesses": {
    given: { "+": [system] },
    fails: { "System/shop plan.weaknesses": [weakness] },
    boundary: { "System/shop plan.weaknesses": [] },
  },
};
