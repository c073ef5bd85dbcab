import assert from "node:assert/strict";
import { planSystem } from "../../model/plan.ts";
import { everyWordSystem } from "../../test/words/every-word.ts";
import { systemDashboards } from "../dashboards.ts";
import { runbooks } from "../runbook.ts";
import { systemAlerts, systemRules } from "../rules.ts";
import { TIMING } from "../timing.ts";

const plan = planSystem(everyWordSystem, "prod");
const scope = { plan, timing: TIMING.standard, stores: "pods" } as const;
const measures = plan.workloads.flatMap((workload) => workload.measures);

describe("a measure that one service has alone", () => {
  it("has its alert among the rules, about this service only, for the team of the system", () => {
    const rules = systemRules(scope, { runbooks: "", dashboards: "" }).flatMap((group) => group.rules);
    for (const { name } of measures) {
      const rule = rules.find((candidate) => "alert" in candidate && candidate.alert === name);
      assert.match(rule?.expr ?? "", /service="order"/);
      assert.equal(rule?.labels?.["team"], plan.owner);
    }
  });

  it("has its runbook and its panel", () => {
    const pages = new Map(runbooks([plan]).map(({ name, content }) => [name, content]));
    assert.match(pages.get("orders-waiting.md") ?? "", /## Symptom\n\nOrders that nobody has looked at yet/);
    assert.match(pages.get("orders-waiting.md") ?? "", /2\. Send more people\./);
    const panels = systemDashboards(plan, "pods").flatMap(({ rows }) => rows.flatMap((row) => row.panels));
    for (const { name, metric } of measures)
      assert.ok(
        panels.some((panel) => panel.title === name && panel.queries.some(({ expr }) => expr.includes(metric))),
      );
  });

  it("may not be called like an alert that every system has", () => {
    const [first] = measures;
    const workloads = plan.workloads.map((workload) =>
      workload.measures.length > 0 && first ? { ...workload, measures: [{ ...first, name: "ServiceDown" }] } : workload,
    );
    assert.throws(
      () => systemAlerts({ ...scope, plan: { ...plan, workloads } }),
      /words\/order: measures\.ServiceDown has the name of an alert that every system has\. Rename it in systems\/words\//,
    );
  });
});
