import assert from "node:assert/strict";
import { longestGap } from "./database-down.ts";

describe("the longest time without a write", () => {
  it("is the longest span between two acknowledged ones, in seconds, in whatever order they are told", () =>
    assert.equal(longestGap([9000, 0, 500, 8500, 1000], 9100), 7.5));
  it("does not end before the load where nothing is acknowledged any more", () =>
    assert.equal(longestGap([0, 500, 1000], 61_000), 60));
});
