import assert from "node:assert/strict";
import Type from "typebox";
import { createCodec } from "./envelope.ts";
import { incomingRecord, textRecord } from "./record.ts";

const codec = createCodec({ OrderPlaced: Type.Object({ orderId: Type.String(), qty: Type.Integer() }) }, "orderId");
const record = (value: string, key = "o1", headers: Record<string, string> = {}) =>
  incomingRecord({ topic: "shop.order", partition: 0, offset: 0n }, textRecord("shop.order", { key, value, headers }));
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
    for (const name of ["OrderLost", "constructor", "__proto__"])
      assert.throws(() => codec.encode(name, { orderId: "o1" }), /not in the catalogue/);
  });

  it("does not leave the service without a key that fits its column, nor larger than a broker takes it", () => {
    const withNote = createCodec({ Noted: Type.Object({ note: Type.String() }) }, "orderId");
    for (const orderId of ["", "x".repeat(65), undefined, null, {}])
      assert.throws(() => withNote.encode("Noted", { orderId, note: "" }), /orderId is no key/);
    assert.throws(
      () => withNote.encode("Noted", { orderId: "o1", note: "x".repeat(600_000) }),
      /at most 524288 can be/,
    );
    assert.equal(withNote.encode("Noted", { orderId: 17, note: "" }).event.key, "17");
  });

  it("may carry a number as its key", () => {
    const counted = createCodec({ Counted: Type.Object({ orderId: Type.Integer() }) }, "orderId");
    const { event, value } = counted.encode("Counted", { orderId: 17 });
    assert.deepEqual(counted.decode(record(value, "17")), { kind: "event", event });
  });

  it("passes over events of newer producers", () => {
    for (const eventType of ["OrderPraised", "constructor", "__proto__", "toString", "hasOwnProperty"])
      assert.deepEqual(codec.decode(record(wire({ eventType }))), { kind: "unknown" }, eventType);
  });

  const broken: readonly [what: string, value: string, key?: string, headers?: Record<string, string>][] = [
    ["text that is no JSON", "{"],
    ["JSON that is no object", "[]"],
    ["a missing id", wire({ eventId: undefined })],
    ["an unknown version", wire({ version: 2 })],
    ["a key that is not the record's", wire({}), "o2"],
    ["a time that is none", wire({ occurredAt: "yesterday" })],
    ["data of the wrong shape", wire({ data: { orderId: "o1", qty: 1.5 } })],
    ["data that names another order than the key", wire({ data: { orderId: "o2", qty: 1 } })],
    [
      "a key of 65 characters",
      wire({ orderId: "x".repeat(65), data: { orderId: "x".repeat(65), qty: 1 } }),
      "x".repeat(65),
    ],
    ["an empty key", wire({ orderId: "", data: { orderId: "", qty: 1 } }), ""],
    ["an id that a database takes for another's", wire({ eventId: "é" })],
    ["headers of 70 kB", wire({}), "o1", { note: "x".repeat(70_000) }],
    ["more than a mebibyte", wire({ note: "x".repeat(1_100_000) })],
  ];
  for (const [what, value, key, headers] of broken) {
    it(`is invalid with ${what}, and the reason is short`, () => {
      const decoded = codec.decode(record(value, key, headers));
      assert.ok(decoded.kind === "invalid" && decoded.reason.length < 500);
    });
  }

  it("is invalid when its bytes are no UTF-8, instead of being read as something else", () => {
    const { raw, ...place } = record(wire({ data: { orderId: "o1", qty: 1, note: "x" } }));
    const value = Buffer.from(raw.value?.toString("latin1").replace('"x"', '"\xff"') ?? "", "latin1");
    assert.equal(codec.decode(incomingRecord(place, { ...raw, value })).kind, "invalid");
  });
});
