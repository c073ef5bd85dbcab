import assert from "node:assert/strict";
import { shortened } from "./shortened.ts";

describe("a shortened text", () => {
  it("is the text where it fits, and ends in dots where it does not", () => {
    assert.equal(shortened("abcde", 5), "abcde");
    assert.equal(shortened("abcdef", 5), "abcd…");
  });

  it("never ends within a letter", () => assert.equal(shortened("abc🐟🐟", 5), "abc…"));
});
