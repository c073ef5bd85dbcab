import assert from "node:assert/strict";
import { guardUnknowns, UNKNOWN, UnknownValue } from "./unknown.ts";

describe("unknown values", () => {
  it("end a reading with the path that nobody knows", () => {
    const guarded = guardUnknowns({ spec: { items: [{ a: 1 }, { a: UNKNOWN }], name: { $unresolved: "x" } } });
    assert.equal(guarded.spec.items[0]?.a, 1);
    assert.throws(
      () => guarded.spec.items[1]?.a,
      (error) =>
        error instanceof UnknownValue && /^spec\.items\[1\]\.a is known only after deployment$/.test(error.message),
    );
    assert.throws(() => guarded.spec.name, UnknownValue);
  });

  it("leave known data as it is, without a copy", () => {
    const known = { a: [{ b: null }] };
    assert.equal(guardUnknowns(known), known);
  });

  it("leave the keys of a map readable", () =>
    assert.deepEqual(Object.keys(guardUnknowns({ data: { key: UNKNOWN } }).data), ["key"]));

  it("leave empty entries out of lists, as rules expect", () =>
    assert.deepEqual(guardUnknowns({ env: [null, { name: "a" }] }), { env: [{ name: "a" }] }));
});
