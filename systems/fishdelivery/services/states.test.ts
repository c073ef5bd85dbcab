import assert from "node:assert/strict";
import fc from "fast-check";
import { decide } from "./payment-decision.ts";
import { events } from "./events.ts";
import {
  advance,
  cancelOutcome,
  ORDER_STATES,
  type OrderState,
  STORE_STATES,
  type StoreState,
  storeStepAllowed,
} from "./states.ts";

const anyState = fc.constantFrom(...ORDER_STATES);

describe("the order's states", () => {
  it("end the same in whatever order and however often the news arrives", () => {
    fc.assert(
      fc.property(fc.array(anyState), fc.func(fc.nat()), (news, shuffle) => {
        const fold = (all: readonly OrderState[]) => all.reduce(advance, "PAID" as OrderState);
        assert.equal(fold(news.toSorted((a, b) => shuffle(a) - shuffle(b))), fold([...news, ...news]));
      }),
    );
  });

  it("make no progress after a cancellation", () => {
    assert.equal(advance("CANCELING", "DELIVERED"), "CANCELING");
    assert.equal(advance("CANCELED", "CANCELING"), "CANCELED");
  });

  it("allow cancelling until delivery, once", () => {
    assert.deepEqual(ORDER_STATES.map(cancelOutcome), [
      "cancel",
      "cancel",
      "cancel",
      "cancel",
      "refuse",
      "already",
      "already",
    ]);
  });
});

describe("the store's steps", () => {
  it("go one at a time, and a prepared order is not refused any more", () => {
    const allowed = STORE_STATES.flatMap((from) =>
      STORE_STATES.filter((to) => storeStepAllowed(from, to)).map((to): [StoreState, StoreState] => [from, to]),
    );
    assert.deepEqual(allowed, [
      ["RECEIVED", "TAKEN"],
      ["RECEIVED", "REFUSED"],
      ["TAKEN", "PREPARED"],
      ["TAKEN", "REFUSED"],
    ]);
  });
});

describe("the payment's decision", () => {
  it("says yes up to the limit and no above it, with the reason", () => {
    assert.deepEqual(decide(100), { amount: 3_000_000, reason: null });
    assert.match(decide(101).reason ?? "", /3030000 won is over the limit/);
  });
});

describe("the event catalogue", () => {
  it("has the correlation key in every event", () => {
    for (const [name, schema] of Object.entries(events)) assert.ok("orderId" in schema.properties, name);
  });
});
