import assert from "node:assert/strict";
import fc from "fast-check";
import { comingDay } from "./coming-day.ts";
import { events } from "./events.ts";
import {
  advance,
  BILL_STATES,
  billAfterCancel,
  cancelOutcome,
  RESERVATION_STATES,
  type ReservationState,
} from "./states.ts";

const anyState = fc.constantFrom(...RESERVATION_STATES);

describe("the reservation's states", () => {
  it("end the same in whatever order and however often the news arrives", () => {
    fc.assert(
      fc.property(fc.array(anyState), fc.func(fc.nat()), (news, shuffle) => {
        const fold = (all: readonly ReservationState[]) => all.reduce(advance, "CONFIRMED" as ReservationState);
        assert.equal(fold(news.toSorted((a, b) => shuffle(a) - shuffle(b))), fold([...news, ...news]));
      }),
    );
  });

  it("allow cancelling until the fee is paid, once", () => {
    const outcomes = ["cancel", "cancel", "cancel", "refuse", "already", "already"];
    assert.deepEqual(RESERVATION_STATES.map(cancelOutcome), outcomes);
  });

  it("give a paid fee back when the visit is cancelled, once, and void an open bill", () => {
    assert.deepEqual(BILL_STATES.map(billAfterCancel), ["CANCELED", "REFUNDED", "CANCELED", "REFUNDED"]);
  });
});

describe("the day of a reservation", () => {
  const now = Date.parse("2028-02-28T06:00:00Z");
  it("is a day of the calendar that is not over everywhere on earth", () => {
    for (const day of ["2028-02-27", "2028-02-29", "2099-12-31"]) comingDay(day, now);
    for (const day of ["2028-02-26", "2028-02-30", "2027-02-29", "2020-04-30"])
      assert.throws(() => comingDay(day, now), { status: 400 }, day);
  });
});

describe("the event catalogue of animal-hospital", () => {
  it("has the correlation key in every event", () => {
    for (const [name, schema] of Object.entries(events)) assert.ok("reservationId" in schema.properties, name);
  });
});
