import assert from "node:assert/strict";
import { InvalidSystem } from "./fault.ts";
import { exampleOf } from "./structure/example.ts";
import { DESCRIPTION } from "./structure/description.ts";
import type { System } from "./system.ts";
import { systemNames } from "./system-names.ts";

const example = exampleOf(DESCRIPTION) as System;

describe("the names of the described systems", () => {
  it("are those of the descriptions, in their order", () => {
    assert.deepEqual(
      systemNames([
        { ...example, name: "b" },
        { ...example, name: "a" },
      ]),
      ["b", "a"],
    );
  });

  it("are refused where two systems have the same, and where one has none", () => {
    const { name: _, ...nameless } = example;
    assert.throws(
      () => systemNames([example, example, { ...nameless, nmae: "shop" } as unknown as System]),
      (error: unknown) =>
        error instanceof InvalidSystem &&
        /two systems with the name "shop"/.test(error.message) &&
        /"nmae", which is no word here \(did you mean "name"\?\)/.test(error.message),
    );
  });
});
