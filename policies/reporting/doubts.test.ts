import assert from "node:assert/strict";
import { doubtSentences } from "./doubts.ts";
import { Graph } from "../resources/graph.ts";
import { judge } from "../judging/judge.ts";
import { stackRule } from "../judging/rule.ts";
import { RULES } from "../rules.ts";
import { changed } from "../testing/case.ts";
import { UNKNOWN } from "../resources/unknown.ts";

const broken = stackRule({
  id: "broken",
  number: "Z1",
  title: "",
  why: "",
  fix: "",
  severity: "low",
  levels: { critical: "mandatory", standard: "mandatory", dev: "mandatory" },
  items: [],
  across: () => {
    throw new TypeError("oops");
  },
});
const judged = (ids: readonly string[]) =>
  judge(
    new Graph(
      changed({
        "Deployment/order $p.topologySpreadConstraints[0].minDomains": 2,
        "Deployment/order $p.topologySpreadConstraints[0].whenUnsatisfiable": "DoNotSchedule",
        "-": ["NodeGroup/steady"],
        "StorageClass/gp3 reclaimPolicy": UNKNOWN,
      }),
    ),
    [broken, ...RULES.filter(({ id }) => ids.includes(id))],
    { tier: "standard", facts: {} },
  ).doubts;

describe("doubts", () => {
  it("tell rules that broke, facts to state, and what waits for deployment apart", () => {
    assert.deepEqual(doubtSentences(judged(["zones-for-pods", "class-keeps-data"])), [
      "rule broken failed: oops",
      "1 answer needs the fact zones of the policy configuration: zones-for-pods",
      "1 answer waits for deployment: class-keeps-data",
    ]);
  });
});
