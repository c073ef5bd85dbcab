import type { Facts } from "../../resources/facts.ts";
import type { Graph } from "../../resources/graph.ts";
import { prometheusConfigurations } from "../../views/monitoring/scrape.ts";
import { UnknownValue } from "../../resources/unknown.ts";
import {
  alertsOf,
  monitored,
  monitoredPods,
  namespacesOf,
  reachOf,
  type Alert,
  type Monitor,
} from "../../views/monitoring/monitoring.ts";
import { servesForever, type Workload } from "../../resources/pods.ts";
import {
  type Problem,
  everywhere,
  inProduction,
  limit,
  notApplicable,
  resourceRule,
  workloadRule,
} from "../../judging/rule.ts";
import { isAbout, kindsOf, shortestWindow } from "../../views/monitoring/alerts.ts";
import { intentFor } from "../../views/intent.ts";
import { describe } from "../../resources/selectors.ts";

const lasting = (workload: Workload): boolean =>
  servesForever(workload) && ["Deployment", "StatefulSet", "DaemonSet"].includes(workload.kind);

export const monitorSelects = resourceRule<Monitor["props"]>()({
  id: "monitor-selects",
  needsAll: true,
  number: "K64",
  items: [5, 37],
  on: ["ServiceMonitor", "PodMonitor"],
  severity: "high",
  levels: everywhere,
  title: "Every monitor selects something",
  why: "A monitor without a target is silence that looks like health.",
  fix: `selector: { matchLabels: { "app.kubernetes.io/name": "order" } } // labels of the Service, not of the pods`,
  *across(monitor, { graph }) {
    const pods = monitor.kind === "PodMonitor";
    const targets = pods ? monitoredPods(graph, monitor) : monitored(graph, monitor);
    if (targets.length === 0) {
      const elsewhere = namespacesOf(monitor).filter((namespace) => !graph.knows(namespace));
      if (elsewhere.length > 0) throw new UnknownValue(`nothing of namespace ${elsewhere.join(", ")} is declared here`);
      yield {
        path: "spec.selector",
        found: describe(monitor.props.spec?.selector),
        wanted: `labels of ${pods ? "declared pods" : "a declared Service"} in a namespace it looks into`,
      };
    }
  },
});

/** True when anything declared here scrapes. */
function isMonitored(graph: Graph, facts: Facts): boolean {
  return (
    facts.scrapeAnnotations !== undefined ||
    graph.workloads.some(({ metadata }) => metadata.annotations?.["prometheus.io/scrape"] !== undefined) ||
    ["ServiceMonitor", "PodMonitor", "PrometheusRule"].some((kind) => graph.of(kind).length > 0) ||
    prometheusConfigurations(graph).length > 0
  );
}

export const workloadScraped = workloadRule({
  id: "workload-scraped",
  needsAll: true,
  number: "X19",
  items: [5],
  severity: "high",
  levels: inProduction,
  title: "Prometheus scrapes every workload that serves and shows figures",
  why: "What is not scraped cannot be alerted on: its outage is reported by customers.",
  fix: `new k8s.apiextensions.CustomResource("order", { apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor", spec: { selector: { matchLabels: labels }, endpoints: [{ port: "metrics", interval: "30s" }] } })`,
  *across(workload, { graph, facts }) {
    if (!lasting(workload) || intentFor(graph, workload)?.showsNothing) return notApplicable; // Kubernetes watches it
    if (!isMonitored(graph, facts)) throw new UnknownValue("no monitoring is declared here");
    const { reason } = reachOf(graph, facts, workload);
    if (reason !== undefined)
      yield {
        path: "spec.template.metadata.labels",
        found: reason,
        wanted: "a monitor that selects it, with a port that exists",
      };
  },
});

/** What an alert may be about; how long requests take, only who counts them knows. */
const KINDS = ["availability", "latency", "saturation"];

export const alertsCover = workloadRule({
  id: "alerts-cover",
  needsAll: true,
  number: "X20",
  items: [6],
  severity: "high",
  levels: inProduction,
  title: "Availability, latency and saturation of every service raise an alarm that works",
  why: "An alert that is missing, cannot be routed or comes after half an hour leaves the outage to the customers.",
  fix: `{ alert: "OrderErrorBudgetBurn", expr: 'sum(rate(http_requests_total{service="order",status=~"5.."}[5m])) / sum(rate(http_requests_total{service="order"}[5m])) > 14.4 * 0.001', for: "2m", labels: { severity: "critical" }, annotations: { runbook_url: "https://…" } }`,
  limits: {
    seconds: limit("longest time until an alert fires", 600),
    samples: limit("fewest scrapes in a rate window", 4),
  },
  *across(workload, { graph, facts, limit: bound }) {
    if (!lasting(workload) || graph.selecting("Service", workload).length === 0) return notApplicable;
    if (alertsOf(graph).length === 0 && !isMonitored(graph, facts))
      throw new UnknownValue("no monitoring is declared here");
    const alerts = alertsOf(graph).filter((alert) => kindsOf(alert).length > 0 && isAbout(graph, alert, workload));
    const kinds = new Set(alerts.flatMap(kindsOf));
    const wanted = intentFor(graph, workload)?.countedByNobody ? ["availability", "saturation"] : KINDS;
    const absent = wanted.filter((kind) => !kinds.has(kind));
    if (absent.length > 0)
      yield {
        path: "metadata.name",
        found: `no alert on ${absent.join(", ")} selects ${workload.name}`,
        wanted: "one each",
        related: [...new Set(alerts.map(({ resource }) => resource))],
      };
    const { scrape } = reachOf(graph, facts, workload);
    for (const alert of alerts) yield* faults(alert, scrape?.interval, bound);
  },
});

const SLOW_BURN = 3600; // an alert over an hour or more is about a budget that burns slowly, and may take its time

function* faults(
  alert: Alert,
  scrape: number | undefined,
  bound: { readonly seconds: number; readonly samples: number },
): Iterable<Problem> {
  const at = { path: alert.path, on: alert.resource };
  if (!alert.labels["severity"])
    yield {
      ...at,
      path: `${alert.path}.labels.severity`,
      found: `${alert.name}: none`,
      wanted: "warning or critical, so that it can be routed",
    };
  if (!alert.annotations["runbook_url"])
    yield { ...at, path: `${alert.path}.annotations.runbook_url`, found: `${alert.name}: none`, wanted: "an address" };
  const window = shortestWindow(alert.expression);
  const delay = alert.forSeconds + (scrape ?? 30) + alert.evaluation;
  if (
    delay > bound.seconds &&
    (window === undefined || window < SLOW_BURN) &&
    /critical|page/.test(alert.labels["severity"] ?? "critical")
  )
    yield {
      ...at,
      path: `${alert.path}.for`,
      found: `${alert.name}: ${delay} s until it fires`,
      wanted: `<= ${bound.seconds} s`,
      note: `for ${alert.forSeconds} s + scrape ${scrape ?? 30} s + evaluation ${alert.evaluation} s`,
    };
  if (window !== undefined && scrape !== undefined && window < bound.samples * scrape)
    yield {
      ...at,
      path: `${alert.path}.expr`,
      found: `${alert.name}: window ${window} s`,
      wanted: `>= ${bound.samples * scrape} s`,
      note: `${bound.samples} × scrape interval ${scrape} s`,
    };
}
