import assert from "node:assert/strict";
import { parsedSetting } from "./parsed-setting.ts";

describe("a setting of a stack", () => {
  it("has the days that were written, with or without quotes, and nothing else changed", () => {
    const text = '{"exemptions":[{"expires":"2027-11-30 00:00:00 +0000 UTC"},{"expires":"2027-11-30"}],"n":1}';
    assert.deepEqual(parsedSetting(text), { exemptions: [{ expires: "2027-11-30" }, { expires: "2027-11-30" }], n: 1 });
    for (const other of ["2027-11-30 12:00:00 +0000 UTC", "on 2027-11-30 00:00:00 +0000 UTC"])
      assert.equal(parsedSetting(JSON.stringify(other)), other);
  });

  it("is the word itself where it is no JSON", () => assert.equal(parsedSetting("strict"), "strict"));
});
