import assert from "node:assert/strict";
import { worseThan } from "./against.ts";
import { junit } from "./junit.ts";
import { sampleProof, sampleReport } from "./sample-report.ts";

describe("the report for machines", () => {
  const all = sampleReport(
    sampleProof("E1", "pass"),
    sampleProof("E2", "fail", 50),
    sampleProof("E3", "invalid"),
    sampleProof("E4", "not runnable"),
  );

  it("has one case for each experiment, and passes none that did not", () => {
    const xml = junit(all);
    assert.match(xml, /<testsuites name="slipway prove shop" tests="4" failures="1" errors="1" skipped="1">/);
    assert.equal(xml.match(/<testcase /g)?.length, 4);
    for (const element of ["failure", "error", "skipped"])
      assert.equal(xml.match(new RegExp(`<${element} `, "g"))?.length, 1);
    assert.doesNotMatch(xml, /<img/);
  });

  it("names what got worse, and nothing else", () => {
    const before = sampleReport(sampleProof("E1", "pass"), sampleProof("E2", "pass"));
    const now = sampleReport(sampleProof("E1", "pass"), sampleProof("E2", "fail", 50));
    assert.deepEqual(worseThan(before, before), []);
    const [verdict = "", figure = "", ...others] = worseThan(before, now);
    assert.match(verdict, /^E2: was pass, is fail/);
    assert.equal(figure, "E2: failed requests was 0 requests, is 50 requests (at most 0)");
    assert.deepEqual(others, []);
    assert.deepEqual(worseThan(now, before), [], "what got better is no news");
  });

  it("says nothing of experiments that the earlier one does not know", () => {
    assert.deepEqual(worseThan(sampleReport(), sampleReport(sampleProof("E2", "fail", 50))), []);
  });
});
