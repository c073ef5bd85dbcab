import type { Config } from "../../views/config-refs.ts";
import type { Graph } from "../../resources/graph.ts";
import { parseImage } from "../../views/image.ts";
import { alertsOf } from "../../views/monitoring.ts";
import type { Workload } from "../../resources/pods.ts";
import { containersOf } from "../../resources/pods.ts";
import { spanOf } from "../../views/capacity.ts";
import { seconds } from "../../views/routes.ts";
import {
  advice,
  everywhere,
  inProduction,
  limit,
  notApplicable,
  resourceRule,
  stackRule,
  workloadRule,
  type Problem,
} from "../../judging/rule.ts";

const runs = (workload: Workload, what: RegExp): boolean =>
  [...containersOf(workload)].some(
    ({ container, role }) => role === "app" && what.test(`${parseImage(container.image).repository.split("/").at(-1)}`),
  );
const PROMETHEUS = /^prometheus$/;
const ALERTMANAGER = /^alertmanager$/;

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
    const absent = SUBJECTS.filter(([, pattern]) => !pattern.test(words)).map(([subject]) => subject);
    if (absent.length > 0)
      yield {
        path: "spec.groups",
        found: `no alert about ${absent.join(", ")}`,
        wanted: "one each",
        on: first.resource,
      };
  },
});

export const watchdogFires = stackRule({
  id: "watchdog-fires",
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

export const monitoringSurvives = workloadRule({
  id: "monitoring-survives",
  number: "C69",
  items: [40, 5],
  severity: "high",
  levels: inProduction,
  title: "Monitoring keeps its history and stands on more than one leg",
  why: "The first thing lost in an outage must not be what shows it.",
  fix: `volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "20Gi" } } } }]`,
  limits: { alertmanagers: limit("fewest Alertmanagers", 2, 2, 1) },
  *across(workload, { graph, limit: { alertmanagers } }) {
    const [prometheus, alertmanager] = [runs(workload, PROMETHEUS), runs(workload, ALERTMANAGER)];
    if (!prometheus && !alertmanager) return notApplicable;
    const claim =
      (workload.spec.volumeClaimTemplates ?? []).length > 0 ||
      (workload.pod.volumes ?? []).some((volume) => volume.persistentVolumeClaim);
    if (!claim) yield { path: `${workload.path}.volumes`, found: "no claim", wanted: "a volume that outlives the pod" };
    const replicas = spanOf(graph, workload)?.floor ?? 1;
    if (alertmanager && replicas < alertmanagers)
      yield { path: "spec.replicas", found: String(replicas), wanted: `>= ${alertmanagers}` };
  },
});

export const prometheusAlerts = workloadRule({
  id: "prometheus-alerts",
  number: "C70",
  items: [6, 37],
  severity: "high",
  levels: inProduction,
  title: "Prometheus tells an Alertmanager that exists",
  why: "Alerts that nobody receives are a page in a browser that nobody opens.",
  fix: `alerting: { alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }] }`,
  *across(workload, { graph }) {
    if (!runs(workload, PROMETHEUS)) return notApplicable;
    const configurations = graph
      .of<Config["props"]>("ConfigMap")
      .filter(({ namespace }) => namespace === workload.namespace)
      .flatMap(({ props }) => Object.values(props.data ?? {}));
    const text = configurations.find((one) => /^\s*"?scrape_configs"?\s*:/m.test(one)) ?? "";
    if (text === "") return notApplicable;
    if (!/alertmanagers["']?\s*:/.test(text))
      yield {
        path: "data",
        found: "a Prometheus configuration without alertmanagers",
        wanted: "alerting.alertmanagers",
      };
    else if (
      !graph.workloads.some((other) => runs(other, ALERTMANAGER)) &&
      !graph.of("Service").some(({ name }) => /alertmanager/.test(name))
    )
      yield { path: "data", found: "an Alertmanager that is not declared", wanted: "one" };
  },
});

export const scrapesOften = resourceRule<{
  readonly spec?: {
    readonly endpoints?: readonly { readonly interval?: string }[];
    readonly podMetricsEndpoints?: readonly { readonly interval?: string }[];
  };
}>()({
  id: "scrapes-often",
  number: "C71",
  items: [5],
  on: ["ServiceMonitor", "PodMonitor"],
  severity: "medium",
  levels: inProduction,
  title: "Targets are scraped at least every half minute",
  why: "An alert sees nothing faster than its scrapes.",
  fix: `endpoints: [{ port: "metrics", interval: "30s" }]`,
  limits: { seconds: limit("longest interval", 30, 60, 60) },
  *check({ props }, { limit: { seconds: most } }) {
    for (const [index, { interval }] of [
      ...(props.spec?.endpoints ?? []),
      ...(props.spec?.podMetricsEndpoints ?? []),
    ].entries()) {
      const found = seconds(interval) ?? 30;
      if (found > most)
        yield { path: `spec.endpoints[${index}].interval`, found: `${found} s`, wanted: `<= ${most} s` };
    }
  },
});

/** What a ConfigMap holds as it is, and a Secret in base64: also where it was declared as `stringData`, once a cluster has seen it. */
function plainData(kind: string, data: Config["props"]["data"] = {}): Readonly<Record<string, string>> {
  if (kind !== "Secret") return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, text]) => [name, Buffer.from(text, "base64").toString("utf8")]),
  );
}

export const mailsArrive = resourceRule<Config["props"]>()({
  id: "mails-arrive",
  number: "C72",
  items: [6],
  on: ["ConfigMap", "Secret"],
  severity: "high",
  levels: everywhere,
  title: "Alertmanager has a way out for everything, and keeps its password in a file",
  why: "An alert without a route is dropped; without `send_resolved` nobody knows that it is over.",
  fix: `route: { receiver: "team", group_wait: "30s", repeat_interval: "4h" }, receivers: [{ name: "team", email_configs: [{ to: "team@example.com", send_resolved: true }] }]`,
  limits: { repeatSeconds: limit("shortest repetition", 300, 300, 30) },
  *check({ props, kind, name: own }, { limit: { repeatSeconds } }) {
    if (kind === "Secret" && !/alertmanager/.test(own)) return notApplicable;
    const entry = Object.entries({ ...plainData(kind, props.data), ...props.stringData }).find(([name]) =>
      /alertmanager\.(ya?ml|json)$/.test(name),
    );
    if (!entry) return notApplicable;
    const [name, text] = entry;
    const path = `data["${name}"]`;
    const receivers = /["']?email_configs["']?\s*:/.test(text);
    const checks: readonly (readonly [boolean, Problem])[] = [
      [
        /^\s*["']?route["']?\s*:/m.test(text) && /["']?receiver["']?\s*:/.test(text),
        { path, found: "no default route", wanted: "route.receiver" },
      ],
      [
        !receivers || /["']?send_resolved["']?\s*:\s*true/.test(text),
        { path, found: "mails without send_resolved", wanted: "send_resolved: true" },
      ],
      [
        !/["']?smtp_auth_password["']?\s*:/.test(text),
        { path, found: "smtp_auth_password as a literal", wanted: "smtp_auth_password_file" },
      ],
      [
        !/["']?smtp_require_tls["']?\s*:\s*false/.test(text) || repeatSeconds < 300,
        { path, found: "smtp_require_tls false", wanted: "true" },
      ],
      [
        /["']?inhibit_rules["']?\s*:/.test(text),
        { path, found: "no inhibition", wanted: "inhibit_rules, so that one cause is one mail" },
      ],
    ];
    for (const [holds, problem] of checks) if (!holds) yield problem;
    const repeat = seconds(/["']?repeat_interval["']?\s*:\s*["']?(\w+)/.exec(text)?.[1]);
    if (repeat !== undefined && repeat < repeatSeconds)
      yield { path, found: `repeat_interval ${repeat} s`, wanted: `>= ${repeatSeconds} s` };
  },
});

export const grafanaIsClosed = workloadRule({
  id: "grafana-is-closed",
  number: "C73",
  items: [5, 11],
  severity: "high",
  levels: everywhere,
  title: "Grafana asks who is there, and its password comes from a Secret",
  why: "Dashboards show every customer's load and every address inside.",
  fix: `env: [{ name: "GF_SECURITY_ADMIN_PASSWORD", valueFrom: { secretKeyRef: { name: secret.metadata.name, key: "password" } } }]`,
  *check(workload) {
    if (!runs(workload, /^grafana(-oss|-enterprise)?$/)) return notApplicable;
    for (const { container, path } of containersOf(workload)) {
      for (const [index, { name, value }] of (container.env ?? []).entries())
        if (name === "GF_AUTH_ANONYMOUS_ENABLED" && value === "true")
          yield { path: `${path}.env[${index}]`, found: "anonymous access", wanted: "false" };
    }
  },
});

export const dashboardsAreWhole = resourceRule<Config["props"]>()({
  id: "dashboards-are-whole",
  number: "C74",
  items: [5],
  on: ["ConfigMap"],
  severity: "low",
  levels: everywhere,
  title: "Every dashboard is valid JSON",
  why: "Grafana leaves out a dashboard that it cannot read, and says so only in its log.",
  fix: `data: { "order.json": JSON.stringify(dashboard) }`,
  *check({ props, metadata }) {
    if (metadata.labels?.["grafana_dashboard"] === undefined) return notApplicable;
    for (const [name, text] of Object.entries(props.data ?? {})) {
      try {
        JSON.parse(text);
      } catch {
        yield { path: `data["${name}"]`, found: "no valid JSON", wanted: "a dashboard" };
      }
    }
  },
});
