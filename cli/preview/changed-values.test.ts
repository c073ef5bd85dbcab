import assert from "node:assert/strict";
import { changedValues } from "./changed-values.ts";

describe("the values that a step changes", () => {
  it("are named by path, with what they were and will be", () => {
    const before = { spec: { maxReplicas: 3, containers: [{ image: "a:1" }] }, same: { deep: [1] } };
    const after = { spec: { maxReplicas: 5, containers: [{ image: "a:2", tty: true }] }, same: { deep: [1] } };
    assert.deepEqual(changedValues(before, after), [
      "`spec.maxReplicas`: `3` → `5`",
      '`spec.containers[0].image`: `"a:1"` → `"a:2"`',
      "`spec.containers[0].tty`: unset → `true`",
    ]);
  });

  it("are only named when they are too long for a line", () => {
    assert.deepEqual(changedValues({ data: { rules: "x".repeat(500) } }, { data: { rules: "y".repeat(500) } }), [
      "`data.rules`",
    ]);
    assert.deepEqual(changedValues({ cidrs: ["a"] }, { cidrs: ["a", "b"] }), ["`cidrs`: 1 → 2 entries"]);
  });
});
