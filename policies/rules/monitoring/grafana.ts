import { everywhere, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import { containersOf } from "../../resources/pods.ts";
import type { Config } from "../../views/config-refs.ts";
import { runs } from "../../views/image.ts";

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
