import assert from "node:assert/strict";
import fc from "fast-check";
import { TIMEOUT_MS } from "../../call-limits.ts";
import { checkCalls } from "../../check/edges/calls.ts";
import type { System } from "../../system.ts";
import type { Service } from "../../words/service.ts";
import { planTimeouts } from "./timeouts.ts";

type Calls = Readonly<Record<string, Readonly<Record<string, string | null>>>>;
const edge = { reason: "test", onFailure: "reject", transactional: false } as const;

/** A system of services that call each other: the time-out that is written, or null. Those of `open` have a route. */
function system(calls: Calls, open: readonly string[]): System {
  const names = new Set(Object.entries(calls).flatMap(([caller, callees]) => [caller, ...Object.keys(callees)]));
  const services = [...names].map((name): [string, Service] => {
    const callees = Object.entries(calls[name] ?? {}).map(([callee, timeout]) => [
      callee,
      { ...edge, ...(timeout === null ? {} : { timeout }) },
    ]);
    return [
      name,
      {
        purpose: "test",
        tier: "standard",
        slo: { declined: "test" },
        calls: Object.fromEntries(callees) as object,
        routes: open.includes(name) ? [{ path: `/${name}`, access: "anyone" }] : [],
      },
    ];
  });
  const entry = { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" };
  return {
    name: "shop",
    purpose: "test",
    owner: "team",
    correlationKey: "id",
    events: {},
    services: Object.fromEntries(services),
    entry,
  };
}
const chain = (...timeouts: (string | null)[]): System =>
  system(Object.fromEntries(timeouts.map((timeout, index) => [`s${index}`, { [`s${index + 1}`]: timeout }])), ["s0"]);
const along = (described: System): number[] =>
  Object.keys(described.services)
    .slice(1)
    .map((_, index) => planTimeouts(described).of(`s${index}`, `s${index + 1}`));

describe("time-outs that nobody wrote", () => {
  it("are one share for a single call, and one more for every call that the callee waits for, less the way back", () => {
    assert.deepEqual(along(chain(null)), [610]);
    assert.deepEqual(along(chain(null, null)), [1220, 605]);
    assert.deepEqual(along(chain(null, null, null)), [1830, 1213, 601]);
  });

  it("divide what a written one leaves, and surround what is written below them", () => {
    assert.deepEqual(along(chain("610ms", null, null)), [610, 400, 195]);
    assert.deepEqual(along(chain(null, "700ms")), [1310, 700]);
    assert.deepEqual(along(chain("610ms")), [610]);
  });

  it("fit into each other in every system whose chains are not longer than ten calls", () => {
    fc.assert(
      fc.property(graphs(fc.constant(null)), (described) => {
        assert.deepEqual(checkCalls(described), []);
        const { of, budget } = planTimeouts(described);
        for (const [caller, { calls = {} }] of Object.entries(described.services))
          for (const callee of Object.keys(calls)) {
            assert.ok(of(caller, callee) < budget(caller));
            assert.ok(of(caller, callee) >= TIMEOUT_MS.min && of(caller, callee) <= TIMEOUT_MS.max);
          }
      }),
    );
  });

  it("are never what is refused, but where too little is written around them", () => {
    fc.assert(
      fc.property(graphs(fc.option(fc.integer({ min: 100, max: 2000 }).map((ms) => `${ms}ms`))), (described) => {
        for (const { kind, path, fix } of checkCalls(described)) {
          const [, caller = "", callee = ""] = /shop\/(\w+): calls\.(\w+)\.timeout/.exec(path) ?? [];
          const written = described.services[caller]?.calls?.[callee]?.timeout !== undefined;
          assert.ok(written ? kind === "timeout-nesting" : fix === "give its callers more time", path);
        }
      }),
    );
  });
});

/** Services that call any of those behind them, with the first ones public. */
function graphs(timeout: fc.Arbitrary<string | null>): fc.Arbitrary<System> {
  return fc.integer({ min: 2, max: 11 }).chain((size) => {
    const pairs = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size - i - 1 }, (_, k) => [i, i + k + 1] as const),
    ).flat();
    return fc
      .tuple(
        fc.subarray([...pairs], { minLength: 1 }),
        fc.array(timeout, { minLength: pairs.length, maxLength: pairs.length }),
        fc.integer({ min: 1, max: size }),
      )
      .map(([chosen, waits, open]) => {
        const calls: Record<string, Record<string, string | null>> = {};
        for (const [index, [from, to]] of chosen.entries()) (calls[`s${from}`] ??= {})[`s${to}`] = waits[index] ?? null;
        return system(
          calls,
          Array.from({ length: open }, (_, index) => `s${index}`),
        );
      });
  });
}
