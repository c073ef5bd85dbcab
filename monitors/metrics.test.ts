import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { planSystem } from "../model/plan.ts";
import { shopOfStores } from "../test/plans/shop-of-stores.ts";
import { watched } from "../test/foreign/watched.ts";
import { systems } from "../systems/index.ts";
import { platformDashboards, systemDashboards } from "./dashboards.ts";
import { AGE_EDGES, DURATION_EDGES, LEAST_GOOD_PERCENT } from "../model/objective-limits.ts";
import { BURN_WINDOWS } from "./burn-rates.ts";
import { impossibleObjectives } from "./objective.ts";
import { METRICS } from "./metrics.ts";
import { parsePromql } from "./proving/promql-query.ts";
import { platformRules, systemRules } from "./rules.ts";
import { TIMING } from "./timing.ts";

const plans = [...[...systems, watched].map((system) => planSystem(system, "prod")), shopOfStores()];
const links = { runbooks: "", dashboards: "" };
const rules = [
  ...plans.flatMap((plan) =>
    (["pods", "cloud"] as const).flatMap((stores) => systemRules({ plan, timing: TIMING.standard, stores }, links)),
  ),
  ...platformRules(TIMING.standard, links),
].flatMap((group) => group.rules);
const dashboards = [
  ...plans.flatMap((plan) => [...systemDashboards(plan, "pods"), ...systemDashboards(plan, "cloud")]),
  ...platformDashboards(),
];
const panels = dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
const marks = dashboards.flatMap((dashboard) => dashboard.marks.map(({ expr }) => expr));
const queries = [
  ...rules.map(({ expr }) => expr),
  ...panels.flatMap((panel) => panel.queries.map(({ expr }) => expr)),
  ...marks,
];

const partsOf = (histogram: string) => ["_bucket", "_count", "_sum"].map((part) => histogram + part);
const namesIn = (expr: string) => parsePromql(expr).selectors.map(({ name }) => name);

describe("queries", () => {
  it("parse with Prometheus's own grammar", () => {
    const faults = queries.flatMap((expr) => parsePromql(expr).errors.map((error) => `${expr}: ${error}`));
    assert.deepEqual(faults, []);
  });

  it("read only metrics of the list, series that a rule records and those that a description names", () => {
    const recorded = rules.flatMap((rule) => ("record" in rule ? [rule.record] : []));
    const scraped = Object.values(METRICS).flatMap(({ name, type }) => (type === "histogram" ? partsOf(name) : [name]));
    const named = plans.flatMap(({ workloads }) =>
      workloads.flatMap(({ measured }) => (measured?.by === "program" ? partsOf(measured.seconds) : [])),
    );
    const known = new Set([...recorded, ...scraped, ...named, "ALERTS"]);
    const unknown = queries
      .flatMap((expr) => parsePromql(expr).selectors.map(({ name }) => name))
      .filter((name) => !known.has(name));
    assert.deepEqual([...new Set(unknown)], []);
  });

  it("mark deployments by versions, which autoscaling leaves as they are", () => {
    const ofStrangers = METRICS.up.name; // which has the version of its pod
    assert.deepEqual([...new Set(marks.flatMap(namesIn))], [METRICS.buildInfo.name, ofStrangers]);
  });

  it("say on the panel how many days a promise is judged by", () => {
    const judged = panels.filter(({ queries: shown }) => shown.some(({ expr }) => expr.includes("slo:error_ratio:3d")));
    assert.deepEqual([...new Set(judged.map(({ title }) => title))], ["Budget left, 3 days", "Kept, 3 days"]);
  });

  it("use every metric of the list", () => {
    const used = new Set(
      queries.flatMap((expr) =>
        parsePromql(expr).selectors.map(({ name }) => name.replace(/_(bucket|count|sum)$/, "")),
      ),
    );
    assert.deepEqual(
      Object.values(METRICS)
        .map(({ name }) => name)
        .filter((name) => !used.has(name) && !used.has(name.replace(/_count$/, ""))),
      [],
    );
  });

  it("show every recorded series somewhere or read it in another rule", () => {
    const read = new Set(queries.flatMap((expr) => parsePromql(expr).selectors.map(({ name }) => name)));
    assert.deepEqual(
      rules.flatMap((rule) => ("record" in rule && !read.has(rule.record) ? [rule.record] : [])),
      [],
    );
  });

  it("show on a panel whatever an alert reads", () => {
    const shown = new Set(panels.flatMap((panel) => panel.queries.flatMap(({ expr }) => namesIn(expr))));
    // What only says that something should be there, joins two series or repeats one of a panel over another window.
    const auxiliary = /^(slipway:(service|store):declared|slo:.*|ALERTS)$/;
    const unseen = rules
      .flatMap((rule) => ("alert" in rule ? namesIn(rule.expr).map((name) => [rule.alert, name] as const) : []))
      .filter(([, name]) => !shown.has(name) && !auxiliary.test(name));
    assert.deepEqual(unseen, []);
  });

  it("name the metrics that the services export", () => {
    const runtime = readFileSync(new URL("../runtime/process/metrics.ts", import.meta.url), "utf8");
    const ours = Object.values(METRICS)
      .filter(({ source, name }) => source === "service" && !/^(process|nodejs)_/.test(name))
      .map(({ name }) => name);
    assert.deepEqual(
      ours.filter((name) => !runtime.includes(`"${name}"`)),
      [],
    );
  });
});

describe("objectives", () => {
  it("are counted at bucket edges that the services export", () => {
    const runtime = readFileSync(new URL("../runtime/process/metrics.ts", import.meta.url), "utf8");
    const edges = (name: string) =>
      JSON.parse(new RegExp(`${name} = (\\[.*\\]);`).exec(runtime)?.[1] ?? "[]") as number[];
    assert.deepEqual(edges("const SECONDS"), DURATION_EDGES);
    assert.deepEqual(edges("AGE_SECONDS"), AGE_EDGES);
  });

  it("are refused by the model exactly when the fastest alert could never fire", () => {
    const fastest = Math.max(...BURN_WINDOWS.map(({ factor }) => factor));
    assert.ok(fastest * (1 - LEAST_GOOD_PERCENT / 100) < 1);
    assert.ok(fastest * (1 - (LEAST_GOOD_PERCENT - 0.1) / 100) >= 1);
  });

  it("can all raise their alerts", () => assert.deepEqual(plans.flatMap(impossibleObjectives), []));

  it("are refused when not even total failure would raise the fastest alert", () => {
    const [plan] = plans as [(typeof plans)[number]];
    const lax = {
      ...plan,
      objectives: [
        {
          service: "order",
          declined: null,
          freshness: null,
          measured: { by: "kit" } as const,
          objective: { availability: 93, latency: { percent: 99, within: "400ms" } },
        },
      ],
    };
    assert.deepEqual(impossibleObjectives(lax), [
      "fishdelivery/order: availability 93 % can never raise its fastest alert: 14.4 times 7 % errors is more than all requests. Promise more than 93.06 %.",
      "fishdelivery/order: latency 99 % within 0.4 s lies between two buckets of the histogram. Use one of 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.61, 0.7, 1, 2.5, 5 s.",
    ]);
  });
});
