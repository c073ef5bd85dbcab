import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import Type, { type TSchema } from "typebox";
import type { Refusal } from "./refusal.ts";
import { validatorFor } from "./validation.ts";

const Order = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 20 }),
    qty: Type.Integer({ minimum: 1 }),
    status: Type.Optional(Type.Enum(["TAKEN", "PREPARED"])),
    lines: Type.Optional(Type.Array(Type.Object({ fish: Type.String() }, { additionalProperties: false }))),
  },
  { additionalProperties: false },
);
const GOOD = { name: "Kim", qty: 1 };
const message = (data: unknown, schema: TSchema = Order): string => {
  const result = validatorFor({ schema, httpPart: "body" })(data);
  return result === true ? "fine" : (result.error satisfies Refusal).message;
};
const many = (count: number, name = "k") =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [name + index, 1]));

describe("a request that does not fit", () => {
  it("is told all its faults, with what is allowed", () => {
    assert.equal(message(GOOD), "fine");
    const text = message({ qty: 0.5, status: "PAID", lines: [{ fish: 1, weight: 2 }], total: 3 });
    for (const fault of [
      "body must have required properties name",
      "body must not have additional properties (total)",
      "body.qty must be integer",
      "body.status must be equal to one of the allowed values (TAKEN, PREPARED)",
      "body.lines.0.fish must be string",
      "body.lines.0 must not have additional properties (weight)",
    ])
      assert.ok(text.includes(fault), `${fault}: ${text}`);
  });

  it("is found out by the names that every object has, too", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty"])
      assert.equal(message({ ...GOOD, [name]: 1 }), `body must not have additional properties (${name})`);
    assert.match(
      message(JSON.parse('{"name":"Kim","qty":1,"__proto__":{"x":1}}')),
      /additional properties \(__proto__\)/,
    );
    assert.match(message({}, Type.Object({ constructor: Type.String() })), /required properties constructor/);
  });

  const large: readonly [what: string, data: unknown][] = [
    ["thousands of unknown fields", many(7000)],
    ["thousands of unknown fields beside the right ones", { ...GOOD, ...many(7000) }],
    ["one unknown field with a name of 60 kB", { ...GOOD, ["x".repeat(60_000)]: 1 }],
    ["a text of 60 kB", { ...GOOD, name: "x".repeat(60_000) }],
    ["thousands of wrong entries", { ...GOOD, lines: Array.from({ length: 15_000 }, () => 1) }],
    ["entries with unknown fields", { ...GOOD, lines: [many(7000)] }],
    ["lists in lists", { ...GOOD, lines: JSON.parse("[".repeat(5000) + "]".repeat(5000)) as unknown }],
    ["a list instead of an object", Array.from({ length: 30_000 }, () => 1)],
    ["nothing", null],
  ];
  for (const [what, data] of large)
    it(`costs little time and little answer, with ${what}`, () => {
      const times = Array.from({ length: 20 }, () => {
        const begun = performance.now();
        message(data);
        return performance.now() - begun;
      });
      const text = message(data);
      assert.ok(text.startsWith("body") && text.length < 2000, text.slice(0, 3000));
      assert.ok(Math.min(...times) < 5, `${Math.min(...times)} ms`);
    });

  it("names what is missing although most of it is unknown", () => {
    const text = message(many(7000));
    assert.match(text, /required properties name, qty/);
    assert.match(text, /additional properties \(k0, k1, k2, k3, k4, k5, k6, k7, k8, k9\)/);
  });
});
