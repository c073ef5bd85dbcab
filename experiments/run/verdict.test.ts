import assert from "node:assert/strict";
import type { Row } from "../load/row.ts";
import { atMost } from "../proofs/thresholds.ts";
import { type Measured, objections, verdictOf } from "./verdict.ts";

const row = (at: number, changes: Partial<Row> = {}): Row => ({
  ...{ at, ms: 5, late: 0, request: 0, status: 200, outcome: "ok", bytes: 10, pod: "", key: "" },
  ...changes,
});
const calm: Measured = {
  rows: Array.from({ length: 200 }, (_, index) => row(index * 25)),
  steadyMs: 2000,
  perSecond: 40,
  generator: { beganAt: 0, due: 200, sent: 200, cpuSeconds: 0.5, elapsedSeconds: 5 },
  figures: new Map([["failed requests", 0]]),
  thresholds: [atMost("failed requests", 0, "requests", "")],
};

describe("what a run shows", () => {
  it("is trusted where the load went out as planned", () => assert.deepEqual(objections(calm), []));

  it("is trusted although programs that were idle answered slowly at first", () =>
    assert.deepEqual(
      objections({ ...calm, rows: calm.rows.map((one) => ({ ...one, ms: one.at < 900 ? 400 : 5 })) }),
      [],
    ));

  const doubtful: readonly [what: string, changes: Partial<Measured>, said: RegExp][] = [
    [
      "the load never reached its target",
      { generator: { ...calm.generator, sent: 150 } },
      /150 of 200 requests were sent/,
    ],
    ["requests were sent late", { rows: calm.rows.map((one) => ({ ...one, late: 80 })) }, /sent 80 ms late/],
    ["the generator had no processor left", { generator: { ...calm.generator, cpuSeconds: 3 } }, /60 % of a processor/],
    [
      "answers were slow before the act",
      { rows: calm.rows.map((one) => ({ ...one, ms: one.at > 1000 ? 160 : 5 })) },
      /p99 was 160 ms before anything was broken/,
    ],
    [
      "the first request failed",
      { rows: calm.rows.map((one, index) => (index === 0 ? { ...one, outcome: "reset" } : one)) },
      /1 of \d+ requests failed before anything was broken/,
    ],
    ["nothing was asked before the act", { rows: calm.rows.filter(({ at }) => at > 2000) }, /no request was answered/],
  ];
  for (const [what, changes, said] of doubtful)
    it(`is not trusted where ${what}, and passes never`, () => {
      const against = objections({ ...calm, ...changes });
      assert.match(against.join(), said);
      assert.equal(verdictOf([], against), "invalid");
    });
});
