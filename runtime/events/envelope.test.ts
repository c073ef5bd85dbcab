import assert from "node:assert/strict";
import Type from "typebox";
import { createCodec } from "./envelope.ts";

const codec = createCodec({ OrderPlaced: Type.Object({ orderId: Type.String(), qty: Type.Integer() }) }, "orderId");
const record = (value: string, key = "o1") => ({
  topic: "shop.order",
  partition: 0,
  offset: 0n,
  key,
  value,
  headers: {},
});
const wire = (change: object) =>
  JSON.stringify({
    ...(JSON.parse(codec.encode("OrderPlaced", { orderId: "o1", qty: 1 }).value) as object),
    ...change,
  });

describe("the event envelope", () => {
  it("carries id, type, version, time, correlation key and data", () => {
    const { event, value } = codec.encode("OrderPlaced", { orderId: "o1", qty: 1 });
    assert.deepEqual(Object.keys(JSON.parse(value) as object).sort(), [
      "data",
      "eventId",
      "eventType",
      "occurredAt",
      "orderId",
      "version",
    ]);
    assert.match(event.occurredAt, /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.deepEqual(codec.decode(record(value)), { kind: "event", event });
  });

  it("does not leave the service with data that fits no schema", () => {
    assert.throws(
      () => codec.encode("OrderPlaced", { orderId: "o1", qty: "1" }),
      /OrderPlaced does not fit its schema: \/qty/,
    );
    assert.throws(() => codec.encode("OrderLost", { orderId: "o1" }), /not in the catalogue/);
  });

  it("passes over events of newer producers", () => {
    assert.deepEqual(codec.decode(record(wire({ eventType: "OrderPraised" }))), { kind: "unknown" });
  });

  const broken: readonly [what: string, value: string, key?: string][] = [
    ["text that is no JSON", "{"],
    ["JSON that is no object", "[]"],
    ["a missing id", wire({ eventId: undefined })],
    ["an unknown version", wire({ version: 2 })],
    ["a key that is not the record's", wire({}), "o2"],
    ["a time that is none", wire({ occurredAt: "yesterday" })],
    ["data of the wrong shape", wire({ data: { orderId: "o1", qty: 1.5 } })],
  ];
  for (const [what, value, key] of broken) {
    it(`is invalid with ${what}`, () => assert.equal(codec.decode(record(value, key)).kind, "invalid"));
  }
});
