import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { OUTCOMES, type Row, rowsAsText } from "./load/row.ts";
import { boundPercent, figuresOf } from "./measure.ts";
import { byOutcome, bySecond } from "./report/seconds.ts";

/** Figures counted from the text of the log by another program, in another way: sorted and counted line by line. */
const COUNTED = String.raw`
NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
{
  n++; ms = $column["ms"]; at = $column["at"]; sum += ms; bytes += $column["bytes"]
  if ($column["outcome"] == "ok") ok++
  if (n == 1 || ms > longest) longest = ms
  if (n == 1 || ms < shortest) shortest = ms
  if (n == 1 || at < begin) begin = at
  if (at + ms > end) end = at + ms
}
END { printf "%d %d %d %.6f %.6f %.6f %.6f %.6f", n, ok, n - ok, 100 * ok / n, sum / n, longest, shortest, (end - begin) / 1000 }`;

function countedByAwk(log: string): number[] {
  return execFileSync("awk", ["-F", "\t", COUNTED], { input: log, encoding: "utf8" }).split(" ").map(Number);
}

/** The p-th percentile as the text says it: the first line, in order, at or after that share of all. */
function percentileByText(log: string, percent: number): number {
  const [heading = "", ...lines] = log.trim().split("\n");
  const column = heading.split("\t").indexOf("ms");
  const values = lines.map((line) => Number(line.split("\t")[column])).toSorted((a, b) => a - b);
  return values.find((_, index) => (index + 1) * 100 >= percent * values.length) ?? Number.NaN;
}

const rows = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 20_000 }),
    ms: fc.integer({ min: 0, max: 2_000_000 }).map((micros) => micros / 1000),
    late: fc.integer({ min: 0, max: 10 }),
    request: fc.integer({ min: 0, max: 3 }),
    status: fc.constantFrom(0, 200, 503),
    outcome: fc.constantFrom(...OUTCOMES),
    bytes: fc.integer({ min: 0, max: 5000 }),
    pod: fc.constantFrom("", "order-1"),
    key: fc.constant(""),
  }) satisfies fc.Arbitrary<Row>,
  { minLength: 1, maxLength: 60 },
);

const near = (actual: number, expected: number, what: string) =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-4 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual}, counted ${expected}`,
  );

describe("the figures of a report", function () {
  this.timeout(60_000);

  it("are those that another program counts from the log", () => {
    fc.assert(
      fc.property(rows, (log) => {
        const text = rowsAsText(log);
        const found = figuresOf(log);
        assert.ok(found);
        const [hits = 0, ok = 0, failed = 0, share = 0, mean = 0, longest = 0, shortest = 0, elapsed = 0] =
          countedByAwk(text);
        assert.deepEqual([found.hits, found.ok, found.failed], [hits, ok, failed]);
        near(found.availabilityPercent, share, "availability");
        near(found.meanMs, mean, "mean");
        near(found.longestMs, longest, "longest");
        near(found.shortestMs, shortest, "shortest");
        near(found.elapsedSeconds, Math.max(elapsed, 0.001), "elapsed");
        for (const [percent, value] of [
          [50, found.p50Ms],
          [95, found.p95Ms],
          [99, found.p99Ms],
        ] as const)
          near(value, percentileByText(text, percent), `p${percent}`);
      }),
      { numRuns: 40 },
    );
  });

  it("add up over seconds and outcomes to all requests", () => {
    fc.assert(
      fc.property(rows, (log) => {
        const { answered, failed, at } = bySecond(log);
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        assert.equal(sum(answered) + sum(failed), log.length);
        assert.equal(sum(Object.values(byOutcome(log))), log.length);
        assert.equal(at.length, Math.floor(Math.max(...log.map((row) => row.at)) / 1000) + 1);
      }),
    );
  });

  it("are none where nothing was sent: that is no zero", () => assert.equal(figuresOf([]), null));

  it("bound what may fail although nothing did", () => {
    assert.equal(boundPercent(3000), 0.1);
    assert.equal(boundPercent(15_000).toFixed(2), "0.02");
    assert.equal(boundPercent(0), 100);
  });
});
