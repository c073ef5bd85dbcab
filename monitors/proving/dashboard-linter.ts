import { parsePromql, RATE_INTERVAL, type PromqlQuery } from "./promql-query.ts";
import type { GrafanaDashboard, GrafanaPanel, GrafanaVariable } from "../dashboards/grafana-json.ts";

/** One rule of Grafana's dashboard-linter, by its name there. */
export interface LintRule {
  readonly id: string;
  check(dashboard: GrafanaDashboard): string[];
}

const VARIABLE_SOURCE = "${datasource}";

const variablesOf = (dashboard: GrafanaDashboard, type: string) =>
  dashboard.templating.list.filter((variable) => variable.type === type);
const panelsOf = (dashboard: GrafanaDashboard) =>
  dashboard.panels.filter(({ type }) => type !== "row" && type !== "text");

/** A complaint for every panel for which `says` has one. */
const eachPanel =
  (says: (panel: GrafanaPanel) => string | false) =>
  (dashboard: GrafanaDashboard): string[] =>
    panelsOf(dashboard).flatMap((panel) => {
      const complaint = says(panel);
      return complaint ? [`panel "${panel.title}" ${complaint}`] : [];
    });

/** A complaint for every query for which `says` has one. */
const eachQuery = (says: (query: PromqlQuery, expr: string) => string | false) =>
  eachPanel(
    (panel) =>
      (panel.targets ?? []).map(({ expr }) => says(parsePromql(expr), expr)).find((complaint) => complaint !== false) ??
      false,
  );

const choice =
  (name: string, label: string) =>
  ({ templating: { list } }: GrafanaDashboard): string[] => {
    const variable = list.find((candidate) => candidate.name === name);
    if (!variable) return [`has no variable "${name}"`];
    const wanted: [boolean, string][] = [
      [variable.datasource?.uid === VARIABLE_SOURCE, "asks another source"],
      [variable.type === "query", "is no query"],
      [variable.label === label, `is not labelled ${label}`],
      [variable.multi === true, "takes one value only"],
      [variable.allValue === ".+", "has another value for all"],
    ];
    return wanted.filter(([holds]) => !holds).map(([, complaint]) => `variable "${name}" ${complaint}`);
  };

const requires = (label: string) =>
  eachQuery(({ selectors }) =>
    selectors.every(({ matchers }) => matchers.includes(`${label}=~"$${label}"`))
      ? false
      : `has a selector without ${label}`,
  );

const UNITS = new Set([
  "reqps",
  "percentunit",
  "s",
  "ms",
  "bytes",
  "short",
  "ops",
  "none",
  "Bps",
  "dateTimeAsIso",
  "bool_on_off",
]);

/** All seventeen. */
export const LINT_RULES: readonly LintRule[] = [
  {
    id: "template-datasource-rule",
    check: (dashboard) =>
      variablesOf(dashboard, "datasource").some(
        ({ name, label, query }) => name === "datasource" && label === "Data source" && query === "prometheus",
      )
        ? []
        : ["has no variable for its data source"],
  },
  { id: "template-job-rule", check: choice("job", "Job") },
  { id: "template-instance-rule", check: choice("instance", "Instance") },
  { id: "template-label-promql-rule", check: (dashboard) => variablesOf(dashboard, "query").flatMap(wrongLabelQuery) },
  {
    id: "template-on-time-change-reload-rule",
    check: (dashboard) =>
      variablesOf(dashboard, "query")
        .filter(({ refresh }) => refresh !== 2)
        .map(({ name }) => `variable "${name}" is not read again when the time changes`),
  },
  {
    id: "panel-datasource-rule",
    check: eachPanel(
      ({ datasource }) => datasource?.uid !== VARIABLE_SOURCE && "does not follow the data source variable",
    ),
  },
  {
    id: "panel-title-description-rule",
    check: eachPanel(({ title, description }) => (!title || !description) && "has no title or no description"),
  },
  {
    id: "panel-units-rule",
    check: eachPanel(
      ({ fieldConfig }) =>
        !UNITS.has(fieldConfig?.defaults?.unit ?? "") && `has the unit "${fieldConfig?.defaults?.unit}"`,
    ),
  },
  { id: "panel-no-targets-rule", check: eachPanel(({ targets }) => (targets ?? []).length === 0 && "asks nothing") },
  // No panel asks Loki; the two rules about it hold as long as that is so.
  { id: "target-logql-rule", check: eachPanel(({ datasource }) => datasource?.type === "loki" && "asks Loki") },
  {
    id: "target-logql-auto-rule",
    check: eachPanel(({ targets }) => (targets ?? []).some(({ expr }) => expr.includes("$__auto")) && "asks Loki"),
  },
  {
    id: "target-promql-rule",
    check: eachQuery(({ errors }, expr) => errors.length > 0 && `has a query that does not parse: ${expr}`),
  },
  {
    id: "target-rate-interval-rule",
    check: eachQuery(
      ({ selectors }) =>
        selectors.some(({ range, inside }) => (inside === "rate" || inside === "irate") && range !== RATE_INTERVAL) &&
        "takes a rate over a fixed window",
    ),
  },
  { id: "target-job-rule", check: requires("job") },
  { id: "target-instance-rule", check: requires("instance") },
  {
    id: "target-counter-agg-rule",
    check: eachQuery(
      ({ selectors }) =>
        selectors.some(
          ({ name, inside }) => name.endsWith("_total") && !["rate", "irate", "increase"].includes(inside ?? ""),
        ) && "shows a counter as it is",
    ),
  },
  { id: "uneditable-dashboard", check: ({ editable }) => (editable ? ["may be edited by hand"] : []) },
];

function wrongLabelQuery({ name, query }: GrafanaVariable): string[] {
  const [, called, argument = ""] = /^([a-z_]+)\((.+)\)$/.exec(query ?? "") ?? [];
  if (!["label_names", "label_values", "metrics", "query_result"].includes(called ?? ""))
    return [`variable "${name}" is no query for labels`];
  const { errors } = parsePromql(argument.slice(0, argument.lastIndexOf(",")));
  return errors.length > 0 ? [`variable "${name}" does not parse`] : [];
}
