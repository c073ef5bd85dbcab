import assert from "node:assert/strict";
import { judge } from "../../judging/judge.ts";
import { Graph } from "../../resources/graph.ts";
import { RULES } from "../../rules.ts";
import { changed, type Edits } from "../../testing/case.ts";

const findings = (edits: Edits): string[] => {
  const rules = RULES.filter(({ id }) => id === "cache-backed-up");
  const judged = judge(new Graph(changed(edits)), rules, { tier: "critical", facts: {} });
  return judged.findings.map(({ found }) => found);
};

describe("a cache without snapshots", () => {
  const none = { "ReplicationGroup/cart snapshotRetentionLimit": 0 };

  it("is let be where keys may go at any time", () => {
    assert.deepEqual(findings(none), ["0 days"]);
    assert.deepEqual(findings({ ...none, "ParameterGroup/cart parameters[0].value": "allkeys-lru" }), []);
  });
});
