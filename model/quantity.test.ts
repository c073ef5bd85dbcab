import assert from "node:assert/strict";
import { parseBytes, parseCores, parseDuration, parseQuantity } from "./quantity.ts";

describe("quantities and durations", () => {
  it("read every form that Kubernetes accepts", () => {
    const read = ["250m", "1", 2, "1.5", "1Gi", "1e3", "12E", "100k", "500m"].map((text) => parseQuantity(text));
    assert.deepEqual(read, [0.25, 1, 2, 1.5, 2 ** 30, 1000, 12e18, 100_000, 0.5]);
  });

  it("refuse what Kubernetes refuses", () => {
    for (const text of ["512Mb", "", "Gi", "1 Gi", "one", "1mi", "--1"])
      assert.equal(parseQuantity(text), undefined, text);
  });

  it("accept only binary sizes and plain cores in a description", () => {
    assert.equal(parseBytes("192Mi"), 192 * 2 ** 20);
    assert.equal(parseBytes("192M"), undefined);
    assert.equal(parseCores("250m"), 0.25);
    assert.equal(parseCores("250Mi"), undefined);
  });

  it("turn durations into milliseconds only when a unit is written", () => {
    assert.deepEqual(["610ms", "5s", "2m", "1h", "7d", "610", "1.5s"].map(parseDuration), [
      610,
      5000,
      120_000,
      3_600_000,
      604_800_000,
      undefined,
      undefined,
    ]);
  });
});
