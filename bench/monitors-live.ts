/**
 * Asks a live Prometheus whether everything that rules and panels read is really there, what rules cost and what is empty.
 * Usage: node bench/monitors-live.ts http://127.0.0.1:9090 [dev|prod]
 */
import { planSystem } from "../model/plan.ts";
import type { Stage } from "../model/stage.ts";
import { platformDashboards, systemDashboards } from "../monitors/dashboards.ts";
import { METRICS } from "../monitors/metrics.ts";
import { RECORDED } from "../monitors/recorded.ts";
import { systems } from "../systems/index.ts";

const [prometheus = "http://127.0.0.1:9090", stage = "dev"] = process.argv.slice(2);
const RATE_SECONDS = 60;

interface Answer { readonly status: string; readonly error?: string; readonly data: { readonly result: readonly { readonly metric: Record<string, string>; readonly value: readonly [number, string] }[] } }

async function ask(query: string): Promise<Answer["data"]["result"]> {
  const reply = await (await fetch(`${prometheus}/api/v1/query?${new URLSearchParams({ query })}`)).json() as Answer;
  if (reply.status !== "success") throw new Error(`${query}: ${reply.error ?? "no answer"}`);
  return reply.data.result;
}

/** Metrics that nobody exports: rules about them are silent for ever. */
async function missingMetrics(): Promise<string[]> {
  const reply = await (await fetch(`${prometheus}/api/v1/label/__name__/values`)).json() as { data: string[] };
  const there = new Set(reply.data);
  const wanted = [...Object.values(METRICS).map(({ name, type }) => (type === "histogram" ? `${name}_count` : name)), ...Object.values(RECORDED).filter((name) => name !== RECORDED.ratio && name !== RECORDED.firing)];
  return wanted.filter((name) => !there.has(name));
}

/** Panels whose queries return nothing now. */
async function emptyPanels(): Promise<{ asked: number; empty: string[] }> {
  const plans = systems.map((system) => planSystem(system, stage as Stage));
  const queries = [...plans.flatMap((plan) => systemDashboards(plan, "pods")), ...platformDashboards()].flatMap(({ title, rows }) =>
    rows.flatMap((row) => row.panels.flatMap((panel) => panel.queries.map(({ expr }) => ({ where: `${title} > ${row.title} > ${panel.title}`, expr })))));
  const empty: string[] = [];
  for (const { where, expr } of queries) {
    const query = expr.replaceAll("$__rate_interval", `${RATE_SECONDS}s`).replaceAll("$job", ".+").replaceAll("$instance", ".+");
    if ((await ask(query)).length === 0) empty.push(`${where}\n      ${query}`);
  }
  return { asked: queries.length, empty };
}

const missing = await missingMetrics();
const { asked, empty } = await emptyPanels();
const groups = await ask("prometheus_rule_group_last_duration_seconds");
console.log(`metrics: ${Object.keys(METRICS).length} known, ${missing.length} missing${missing.map((name) => `\n    ${name}`).join("")}`);
console.log(`panels: ${asked} queries, ${empty.length} empty${empty.map((text) => `\n    ${text}`).join("")}`);
console.log(`rules: ${groups.map(({ metric, value }) => `${metric["rule_group"]?.split(";").at(-1)} ${(Number(value[1]) * 1000).toFixed(1)} ms`).join(", ")}`);
process.exitCode = missing.length > 0 ? 1 : 0;
