import assert from "node:assert/strict";
import { planSystem } from "../model/plan.ts";
import { systems } from "../systems/index.ts";
import { platformDashboards, systemDashboards } from "./dashboards.ts";
import { grafanaDashboard } from "./dashboards/grafana.ts";
import type { GrafanaDashboard } from "./dashboards/grafana-json.ts";
import type { Stores } from "./scope.ts";
import { LINT_RULES } from "./proving/dashboard-linter.ts";

const plans = systems.map((system) => planSystem(system, "prod"));
const of = (stores: Stores) =>
  [...plans.flatMap((plan) => systemDashboards(plan, stores)), ...platformDashboards()].map(grafanaDashboard);
const all = of("pods");
const [first] = all as [GrafanaDashboard];
const lint = (dashboard: GrafanaDashboard, id: string) =>
  LINT_RULES.find((rule) => rule.id === id)?.check(dashboard) ?? ["no such rule"];

/** The dashboard with its first panel changed. */
function withPanel(change: object): GrafanaDashboard {
  const index = first.panels.findIndex(({ type }) => type !== "row");
  return { ...first, panels: first.panels.map((panel, at) => (at === index ? { ...panel, ...change } : panel)) };
}
const withQuery = (expr: string) => withPanel({ targets: [{ expr }] });

describe("dashboards", () => {
  it("exist for every service, for each system, its promises and its stores, and for the cluster", () => {
    const names = all.map(({ uid }) => uid);
    for (const plan of plans) {
      for (const name of [
        ...plan.workloads.map((workload) => `-${workload.name}`),
        "",
        "-objectives",
        "-kafka",
        "-mariadb",
      ])
        assert.ok(names.includes(plan.name + name), plan.name + name);
    }
    assert.ok(names.includes("cluster"));
    assert.equal(new Set(names).size, names.length);
  });

  it("keep the seventeen rules of Grafana's dashboard-linter", () => {
    assert.equal(LINT_RULES.length, 17);
    const complaints = [...all, ...of("cloud")].flatMap((dashboard) =>
      LINT_RULES.flatMap((rule) =>
        rule.check(dashboard).map((complaint) => `${rule.id}: ${dashboard.title}: ${complaint}`),
      ),
    );
    assert.deepEqual(complaints, []);
  });

  const broken: readonly (readonly [string, GrafanaDashboard])[] = [
    ["template-datasource-rule", { ...first, templating: { list: first.templating.list.slice(1) } }],
    [
      "template-job-rule",
      { ...first, templating: { list: first.templating.list.filter(({ name }) => name !== "job") } },
    ],
    [
      "template-instance-rule",
      { ...first, templating: { list: first.templating.list.map((variable) => ({ ...variable, multi: false })) } },
    ],
    [
      "template-label-promql-rule",
      {
        ...first,
        templating: {
          list: first.templating.list.map((variable) => ({ ...variable, query: "label_values(up{, job)" })),
        },
      },
    ],
    [
      "template-on-time-change-reload-rule",
      { ...first, templating: { list: first.templating.list.map((variable) => ({ ...variable, refresh: 1 })) } },
    ],
    ["panel-datasource-rule", withPanel({ datasource: { uid: "fixed" } })],
    ["panel-title-description-rule", withPanel({ description: "" })],
    ["panel-units-rule", withPanel({ fieldConfig: { defaults: { unit: "parsecs" } } })],
    ["panel-no-targets-rule", withPanel({ targets: [] })],
    ["target-logql-rule", withPanel({ datasource: { type: "loki", uid: "${datasource}" } })],
    ["target-logql-auto-rule", withQuery("rate(x[$__auto])")],
    ["target-promql-rule", withQuery("sum(up")],
    ["target-rate-interval-rule", withQuery("rate(up[5m])")],
    ["target-job-rule", withQuery('up{instance=~"$instance"}')],
    ["target-instance-rule", withQuery('up{job=~"$job"}')],
    ["target-counter-agg-rule", withQuery("http_requests_total")],
    ["uneditable-dashboard", { ...first, editable: true }],
  ];
  for (const [id, dashboard] of broken) {
    it(`are refused by ${id} when they break it`, () => assert.notDeepEqual(lint(dashboard, id), []));
  }
});
