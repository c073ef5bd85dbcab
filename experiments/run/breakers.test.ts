import assert from "node:assert/strict";
import { openBreakers } from "./breakers.ts";

describe("the breakers that a page of figures tells of", () => {
  const page = (states: Record<string, number>) =>
    Object.entries(states)
      .map(([state, value]) => `circuit_breaker_state{callee="payment",state="${state}"} ${value}`)
      .join("\n");

  for (const [state, open] of [
    ["closed", 0],
    ["open", 1],
    ["half_open", 1],
  ] as const)
    it(`count ${open} when one is ${state}`, () => {
      const states = { closed: 0, open: 0, half_open: 0, [state]: 1 };
      assert.deepEqual([...openBreakers(page(states))], [["payment", open]]);
    });

  it("are none where nobody tells", () => assert.deepEqual([...openBreakers("up 1\n")], []));
});
