import { platformDashboards, systemDashboards } from "../dashboards.ts";
import { METRICS } from "../metrics.ts";
import { platformRules, systemRules } from "../rules.ts";
import { RECORDED } from "../recorded.ts";
import type { Scope } from "../scope.ts";
import { parsePromql } from "./promql-query.ts";

/** Asks a Prometheus and answers how many series there are. */
export type Count = (query: string) => Promise<number>;

/** What rules and panels read and a running system does not have; each is an alert that can never fire or a panel that stays empty. */
export interface LiveGaps {
  readonly metrics: readonly string[];
  /** `metric{label}` for labels that no series of the metric carries. */
  readonly labels: readonly string[];
  readonly panels: readonly string[];
}

/** Compares what is written with what is scraped. Metrics that need an occasion (see `when`) are left out, and panels of them. */
export async function liveGaps(scope: Scope, count: Count, window: string): Promise<LiveGaps> {
  const panels = [...systemDashboards(scope.plan, scope.stores), ...platformDashboards()].flatMap(({ title, rows }) =>
    rows.flatMap((row) =>
      row.panels.flatMap((panel) =>
        panel.queries.map(({ expr }) => ({
          where: `${title} > ${row.title} > ${panel.title}`,
          expr: chosen(expr, window),
        })),
      ),
    ),
  );
  const rules = [
    ...systemRules(scope, { runbooks: "", dashboards: "" }),
    ...platformRules(scope.timing, { runbooks: "", dashboards: "" }),
  ].flatMap((group) => group.rules.map(({ expr }) => expr));
  const selectors = [...rules, ...panels.map(({ expr }) => expr)]
    .flatMap((expr) => parsePromql(expr).selectors)
    .filter(({ name }) => !OCCASIONAL.has(base(name)));
  const metrics = await without(count, new Set(selectors.map(({ name }) => name)), (name) => name);
  const gone = new Set(metrics);
  const pairs = new Set(
    selectors
      .filter(({ name }) => !gone.has(name))
      .flatMap(({ name, matchers }) => matchers.map((matcher) => `${name}{${/^\w+/.exec(matcher)?.[0] ?? ""}}`)),
  );
  const always = panels.filter(({ expr }) =>
    parsePromql(expr).selectors.every(({ name }) => !OCCASIONAL.has(base(name))),
  );
  const empty: string[] = [];
  for (const { where, expr } of always) if ((await count(expr)) === 0) empty.push(`${where}: ${expr}`);
  return { metrics, labels: await without(count, pairs, (pair) => pair.replace("}", '!=""}')), panels: empty };
}

async function without(count: Count, things: ReadonlySet<string>, query: (thing: string) => string): Promise<string[]> {
  const missing: string[] = [];
  for (const thing of [...things].toSorted()) if ((await count(query(thing))) === 0) missing.push(thing);
  return missing;
}

/** Firing alerts are such an occasion as well. */
const OCCASIONAL = new Set([
  "ALERTS",
  RECORDED.firing,
  RECORDED.explained,
  ...Object.values(METRICS).flatMap(({ name, when }) => (when === null ? [] : [name])),
]);
/** Name of the list that a series belongs to: its own, or that of its histogram. */
const base = (name: string) => (OCCASIONAL.has(name) ? name : name.replace(/_(bucket|count|sum)$/, ""));
const chosen = (expr: string, window: string) =>
  expr.replaceAll("$__rate_interval", window).replaceAll("$job", ".+").replaceAll("$instance", ".+");
