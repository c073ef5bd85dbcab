import { longRunning, type Workload } from "../../resources/pods.ts";
import { environment } from "../../views/config-refs.ts";
import { runs } from "../../views/image.ts";
import { topicsConsumed } from "../../views/consumers.ts";
import { isStore } from "../../views/stores.ts";
import { advice, everywhere, inProduction, limit, notApplicable, stackRule } from "../../judging/rule.ts";
import { parseQuery } from "../../views/monitoring/promql.ts";
import type { Graph } from "../../resources/graph.ts";
import { alertsOf } from "../../views/monitoring/monitoring.ts";

export const alertsSayEnough = stackRule({
  id: "alerts-say-enough",
  number: "C66",
  items: [6],
  severity: "medium",
  levels: everywhere,
  title: "Every alert has an expression, a severity and words",
  why: "Whoever is woken must know at once what is broken, how badly, and what to do.",
  fix: `{ alert: "ServiceDown", expr: "up == 0", for: "1m", labels: { severity: "critical" }, annotations: { summary: "{{ $labels.service }} is down", description: "…" } }`,
  limits: {
    severities: limit<readonly string[]>("words that routes know", [
      "critical",
      "warning",
      "page",
      "ticket",
      "info",
      "none",
    ]),
  },
  *across(graph: Graph, { limit: { severities } }) {
    const alerts = alertsOf(graph);
    if (alerts.length === 0) return notApplicable;
    for (const { name, path, expression, labels, annotations, resource } of alerts) {
      if (expression.trim() === "")
        yield { path: `${path}.expr`, found: `${name}: empty`, wanted: "an expression", on: resource };
      const { fault } = parseQuery(expression);
      if (expression.trim() !== "" && fault !== undefined)
        yield { path: `${path}.expr`, found: `${name}: no PromQL at ${fault}`, wanted: "an expression", on: resource };
      if (labels["severity"] !== undefined && !severities.includes(labels["severity"]))
        yield {
          path: `${path}.labels.severity`,
          found: `${name}: ${labels["severity"]}`,
          wanted: severities.join(", "),
          on: resource,
        };
      if (!annotations["summary"] && !annotations["description"] && !annotations["message"])
        yield {
          path: `${path}.annotations`,
          found: `${name}: no words`,
          wanted: "summary and description",
          on: resource,
        };
    }
  },
});

const SUBJECTS: readonly (readonly [string, RegExp])[] = [
  ["target down", /\bup\b|absent\(/],
  ["error rate", /5\.\.|error|fail/i],
  ["latency", /quantile|_bucket|latency|duration/i],
  ["restarts", /restart|crash/i],
  ["out of memory", /oom|memory/i],
  ["deployment not ready", /replicas_(un)?available|not_?ready|deployment_status/i],
  ["consumer lag", /lag/i],
  ["database", /mysql|mariadb|rds|postgres|database/i],
  ["volume", /volume|disk|filesystem|inodes/i],
  ["node", /node_|kube_node/i],
];

export const alertsKnowTheTroubles = stackRule({
  id: "alerts-know-the-troubles",
  needsAll: true,
  number: "C67",
  items: [6],
  severity: "low",
  levels: advice,
  title: "There is an alert for every trouble that systems of this kind have",
  why: "The outage nobody thought of is the one that lasts.",
  fix: `{ alert: "ConsumerLagGrows", expr: "sum by (group) (kafka_consumergroup_lag) > 1000", for: "5m", labels: { severity: "warning" } }`,
  *across(graph: Graph) {
    const alerts = alertsOf(graph);
    const [first] = alerts;
    if (!first) return notApplicable;
    const words = alerts.map(({ name, expression }) => `${name} ${expression}`).join("\n");
    const absent = SUBJECTS.filter(([subject, pattern]) => !pattern.test(words) && exists(graph, subject)).map(
      ([subject]) => subject,
    );
    if (absent.length > 0)
      yield {
        path: "spec.groups",
        found: `no alert about ${absent.join(", ")}`,
        wanted: "one each",
        on: first.resource,
      };
  },
});

/** True unless a subject is about something that this system does not have. */
function exists(graph: Graph, subject: string): boolean {
  if (subject === "consumer lag")
    return (
      graph.resources.some(({ kind }) => /^(kafka:|aws:msk\/)|kafka\.strimzi\.io\//.test(kind)) ||
      graph.workloads.some((workload) => runs(workload, /kafka|redpanda/) || topicsConsumed(graph, workload).length > 0)
    );
  if (subject === "database")
    return (
      graph.resources.some(({ kind }) => /^aws:rds\/|postgresql|mysql|mariadb|mongodb/i.test(kind)) ||
      graph.workloads.some((workload) => holdsData(workload) || usesDatabase(graph, workload))
    );
  return true;
}

const holdsData = (workload: Workload): boolean =>
  longRunning(workload).some(({ container }) => isStore(container.image));
const usesDatabase = (graph: Graph, workload: Workload): boolean =>
  [...environment(graph, workload).keys()].some((name) =>
    /DATABASE|(^|_)DB(_|$)|MYSQL|MARIADB|POSTGRES|JDBC|DATASOURCE/.test(name),
  );

export const watchdogFires = stackRule({
  id: "watchdog-fires",
  needsAll: true,
  number: "C68",
  items: [40],
  severity: "high",
  levels: inProduction,
  title: "One alert always fires, so that silence is noticed",
  why: "When monitoring itself is dead, no news looks like good news.",
  fix: `{ alert: "Watchdog", expr: "vector(1)", labels: { severity: "none" } }`,
  *across(graph: Graph) {
    const alerts = alertsOf(graph);
    const [first] = alerts;
    if (!first) return notApplicable;
    if (!alerts.some(({ expression }) => /^\s*\(?\s*vector\(\s*1\s*\)/.test(expression)))
      yield {
        path: "spec.groups",
        found: `none of ${alerts.length} alerts fires always`,
        wanted: "expr: vector(1)",
        on: first.resource,
      };
  },
});
