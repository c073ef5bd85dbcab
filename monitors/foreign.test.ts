import assert from "node:assert/strict";
import { planSystem, type SystemPlan } from "../model/plan.ts";
import { defineSystem } from "../model/system.ts";
import { STAGES } from "../model/stage.ts";
import { closedSystem, everyForeignWordSystem } from "../test/words/every-foreign-word.ts";
import { watched } from "../test/foreign/watched.ts";
import type { Alert } from "./alert.ts";
import { systemDashboards } from "./dashboards.ts";
import { grafanaDashboard } from "./dashboards/grafana.ts";
import { inhibitions } from "./inhibition.ts";
import { METRICS } from "./metrics.ts";
import { LINT_RULES } from "./proving/dashboard-linter.ts";
import { parsePromql } from "./proving/promql-query.ts";
import { systemAlerts, systemRules } from "./rules.ts";
import { runbooks } from "./runbook.ts";
import type { Scope } from "./scope.ts";
import { TIMING } from "./timing.ts";

const scopeOf = (plan: SystemPlan): Scope => ({ plan, timing: TIMING.standard, stores: "pods" });
const plan = planSystem(watched, "prod");
const alerts = systemAlerts(scopeOf(plan));
const rules = systemRules(scopeOf(plan), { runbooks: "", dashboards: "" }).flatMap((group) => group.rules);

/** Every query of rules, panels and marks of a system. */
function queriesOf(of: SystemPlan): string[] {
  const dashboards = systemDashboards(of, "pods");
  return [
    ...systemRules(scopeOf(of), { runbooks: "", dashboards: "" }).flatMap((group) =>
      group.rules.map(({ expr }) => expr),
    ),
    ...dashboards.flatMap(({ rows, marks }) => [
      ...marks.map(({ expr }) => expr),
      ...rows.flatMap((row) => row.panels.flatMap((panel) => panel.queries.map(({ expr }) => expr))),
    ]),
  ];
}

/** Names of series that queries read. */
const seriesOf = (of: SystemPlan) => [
  ...new Set(queriesOf(of).flatMap((expr) => parsePromql(expr).selectors.map(({ name }) => name))),
];
const ofSource = (source: string): string[] =>
  Object.values(METRICS)
    .filter((metric) => metric.source === source)
    .map(({ name }) => name);
const named = (name: string): Alert => alerts.find((alert) => alert.name === name) ?? assert.fail(name);

/** A worker and nothing else: no entry, no events, no stores, no promise, no figures. */
const lonely = defineSystem({
  name: "lonely",
  purpose: "Runs alone",
  owner: "nobody",
  services: {
    worker: {
      kind: "worker",
      purpose: "Works",
      tier: "standard",
      from: { build: "worker" },
      health: { declined: "says nothing" },
      slo: { declined: "promises nothing" },
      scale: { one: "must not run twice" },
      measures: {
        LettersWaiting: {
          metric: "letters_waiting",
          kind: "gauge",
          meaning: "Letters that nobody can see, because nothing is shown",
          alert: { severity: "ticket", limit: { above: 1 }, lasting: "5m", impact: "None.", fix: ["None."] },
        },
      },
    },
  },
  entry: { declined: "nobody outside may ask" },
});

describe("the monitoring of programs that others wrote", () => {
  const { signIn: _, ...unasked } = everyForeignWordSystem; // what checks tokens is on the kit
  for (const system of [watched, unasked, closedSystem])
    for (const stage of STAGES)
      it(`reads no series of the kit: ${system.name} on ${stage}`, () => {
        const kit = new Set(ofSource("service"));
        assert.deepEqual(
          seriesOf(planSystem(system, stage)).filter((name) => kit.has(name.replace(/_(bucket|count|sum)$/, ""))),
          [],
        );
      });

  it("reads nothing but what Kubernetes, the gateway or the program itself shows", () => {
    const shown = new Set(Object.values(METRICS).map(({ name }) => name));
    const recorded = new Set(rules.flatMap((rule) => ("record" in rule ? [rule.record] : [])));
    const unknown = seriesOf(plan)
      .map((name) => (shown.has(name) ? name : name.replace(/_(bucket|count|sum)$/, "")))
      .filter((name) => !shown.has(name) && !recorded.has(name) && name !== "ALERTS");
    assert.deepEqual([...new Set(unknown)], ["http_server_requests_seconds"]); // of clinic, by its own word
  });

  it("counts a promise by the program's own histogram", () => {
    const ofClinic = rules.filter((rule) => "record" in rule && rule.labels["service"] === "clinic");
    const exprs = ofClinic.map(({ expr }) => expr).join("\n");
    assert.match(exprs, /http_server_requests_seconds_count\{namespace="watched",service="clinic",status!~"5\.\."\}/);
    assert.match(exprs, /http_server_requests_seconds_bucket\{namespace="watched",service="clinic",le="0\.5"\}/);
  });

  it("counts a promise at the gateway by the name that Traefik has for the service", () => {
    const ofFront = rules.filter((rule) => "record" in rule && rule.labels["service"] === "front");
    const exprs = ofFront.map(({ expr }) => expr).join("\n");
    assert.match(exprs, /traefik_service_requests_total\{service=~"watched-front-80@kubernetescrd"\}/);
    assert.match(exprs, /traefik_service_request_duration_seconds_bucket\{.*le="0\.5"\}/);
  });

  it("records no promise of a service that makes none", () => {
    assert.deepEqual(
      rules.filter((rule) => "record" in rule && rule.record.startsWith("slo:") && rule.labels["service"] === "ledger"),
      [],
    );
  });

  it("asks Kubernetes whether a program is there that shows nothing", () => {
    const expr = named("ServiceDown").expr(1);
    assert.match(expr, /kube_deployment_labels\{namespace="watched",service=~"front\|ledger\|mailer"\}/);
    assert.match(expr, /up\{namespace="watched",job="services"\}/);
  });

  it("takes no job for a service that is down", () => {
    const declared = rules.flatMap((rule) =>
      "record" in rule && rule.record === "slipway:service:declared" ? [rule.labels["service"]] : [],
    );
    assert.deepEqual(declared, ["front", "clinic", "ledger", "mailer"]);
  });

  it("raises a late job only where the description says how late is too late", () => {
    const fresh = rules.filter((rule) => "record" in rule && rule.record === "slipway:job:fresh_within_seconds");
    assert.deepEqual(
      fresh.map(({ labels, expr }) => [labels["service"], expr]),
      [["report", "vector(93600)"]],
    );
    assert.equal(named("JobLate").severity, "ticket");
  });

  it("has a page for every alert and dashboards that keep every rule", () => {
    const pages = new Set(runbooks([plan]).map(({ name }) => name));
    for (const name of ["job-late.md", "job-failed.md", "service-down.md"]) assert.ok(pages.has(name), name);
    for (const dashboard of systemDashboards(plan, "pods").map(grafanaDashboard))
      for (const rule of LINT_RULES) assert.deepEqual(rule.check(dashboard), [], `${dashboard.title}: ${rule.id}`);
  });

  it("is silent about what a system does not have", () => {
    const of = planSystem(lonely, "prod");
    const names = systemAlerts(scopeOf(of)).map(({ name }) => name);
    for (const name of ["EntryUnreachable", "TrafficStopped", "KafkaDown", "MariaDbDown", "TargetDown", "Aftermath"])
      assert.ok(!names.includes(name), name);
    for (const name of ["ServiceDown", "PodCrashLooping", "RolloutFailed", "MemoryCritical"])
      assert.ok(names.includes(name), name);
    const sources = new Set(["kube-state", "resource", "cadvisor", "kubelet"]);
    const known = new Set(
      Object.values(METRICS)
        .filter(({ source }) => sources.has(source))
        .map(({ name }) => name as string),
    );
    const beside = /^(slipway:|ALERTS$)/;
    assert.deepEqual(
      seriesOf(of).filter((name) => !known.has(name) && !beside.test(name)),
      [],
    );
  });

  it("silences by alerts that exist", () => {
    for (const one of [plan, planSystem(lonely, "prod")]) {
      const there = new Set(systemAlerts(scopeOf(one)).map(({ name }) => name));
      for (const { source_matchers, target_matchers } of inhibitions(scopeOf(one)))
        for (const matcher of [...source_matchers, ...target_matchers]) {
          const [, list] = /^alertname=~?"(.*)"$/.exec(matcher) ?? [];
          for (const name of list?.split("|") ?? []) assert.ok(there.has(name), `${one.name}: ${matcher}`);
        }
      assert.doesNotMatch(JSON.stringify(inhibitions(scopeOf(one))), /=~\\"\\"/);
    }
  });
});
