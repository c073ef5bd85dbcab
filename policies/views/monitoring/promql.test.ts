import assert from "node:assert/strict";
import { fullMatch } from "../../resources/re2.ts";
import { parseQuery } from "./promql.ts";

const matchers = (expression: string): string[] =>
  parseQuery(expression).selectors.map((selector) =>
    selector.map(({ label, operator, value }) => `${label}${operator}${value}`).join(" "),
  );

describe("reading PromQL", () => {
  it("finds the matchers of every series, in every way of writing them", () => {
    assert.deepEqual(matchers(`sum(rate(a{job="x", le!~'b.*'}[5m])) by (le) / on (job) b > bool 3`), [
      "job=x le!~b.*",
      "",
    ]);
    assert.deepEqual(matchers("up{job=~`a\\d`}"), ["job=~a\\d"]);
    assert.deepEqual(matchers(`{"http.requests", job="a{b}\\"c"}`), [`job=a{b}"c`]);
  });
  it("leaves out what is taken away", () => {
    assert.deepEqual(matchers(`up{job="a"} unless on (job) (up{job="b"} or up{job="c"})`), ["job=a"]);
  });
  it("finds every range, and where an expression cannot be read", () => {
    assert.deepEqual(parseQuery("rate(a[1h30m]) + max_over_time(rate(b[5m])[1d:1m])").windows, [5400, 86_400, 300]);
    assert.equal(parseQuery("up == 0").fault, undefined);
    assert.equal(parseQuery("up{job=} == 0").fault === undefined, false);
  });
});

describe("patterns of RE2", () => {
  for (const [pattern, yes, no] of [
    ["(?i)order.*", "ORDER-1", "payment"],
    ["a|(?i)b", "B", "A"],
    ["(?:x(?i)y)z", "xYz", "xyZ"],
    ["(?P<name>a)b", "ab", "b"],
    ["[[:alpha:]]+", "ab", "a1"],
    ["\\Qa.b\\E+", "a.bb", "axb"],
    ["\\Aa\\z", "a", "ab"],
    ["(?s).*", "a\nb", undefined],
    ["(?U)a+", "aa", "b"],
    ["[(?i)]", "i", "x"],
    ["(", undefined, "("],
  ] as const)
    it(`match as Prometheus matches: ${pattern}`, () => {
      if (yes !== undefined) assert.ok(fullMatch(pattern)(yes));
      if (no !== undefined) assert.ok(!fullMatch(pattern)(no));
    });
});
