import assert from "node:assert/strict";
import { importCircles } from "./import-circles.ts";

describe("circles of imports", () => {
  it("are found wherever the walk begins, each once", () => {
    const imports = new Map([
      ["main", ["b", "c"]],
      ["c", ["b"]],
      ["b", ["a", "leaf"]],
      ["a", ["c", "a"]],
      ["leaf", []],
    ]);
    assert.deepEqual(importCircles(imports), ["a → a", "a → c → b → a"]);
  });

  it("are not what two ways to the same file are", () => {
    const imports = new Map([
      ["main", ["left", "right"]],
      ["left", ["leaf"]],
      ["right", ["leaf"]],
    ]);
    assert.deepEqual(importCircles(imports), []);
  });
});
