import { defineSystem } from "./system.ts";

const slo = { declined: "an example" };
const entry = { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" } as const;
const data = { properties: { id: {} } };
const call = { reason: "example", onFailure: "reject", transactional: false } as const;

describe("defineSystem", () => {
  // Nothing to run: these lines fail the type check if the compiler stops refusing them.
  it("lets the compiler refuse services and events that do not exist", () => {
    defineSystem({
      name: "example",
      purpose: "example",
      owner: "team",
      correlationKey: "id",
      entry,
      events: { Placed: { data, undoneBy: "Canceled" }, Canceled: { data, undoneBy: slo } },
      services: {
        order: {
          purpose: "example",
          tier: "critical",
          slo,
          // @ts-expect-error no service has this name
          calls: { paymnt: call },
          // @ts-expect-error no event has this name
          publishes: ["Placd"],
        },
        payment: {
          purpose: "example",
          tier: "standard",
          slo,
          // @ts-expect-error a decline needs its reason
          consumes: { declined: true },
        },
      },
    });
  });
});
