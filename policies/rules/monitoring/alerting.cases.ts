import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const alerts = "PrometheusRule/shop spec.groups[0].rules";
const labels = { "app.kubernetes.io/name": "tool" };
const tool = (image: string): object => ({
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "tool", namespace: "tools" },
  spec: {
    replicas: 2,
    template: { metadata: { labels }, spec: { containers: [{ name: "tool", image }] } },
    volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { storageClassName: "gp3" } }],
  },
});
const map = (name: string, data: object, more: object = {}): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "tools", ...more },
  data,
});
const CONFIGURATION = "scrape_configs: []\nalerting:\n  alertmanagers: []\n";
const ROUTES =
  "route:\n  receiver: team\n  repeat_interval: 5m\nreceivers:\n  - name: team\n    email_configs:\n      - to: a@b.c\n        send_resolved: true\ninhibit_rules: []\n";

// biome-ignore format: one case a line
export const cases: Cases = {
  "alerts-say-enough": { fails: { [`${alerts}[0].labels.severity`]: "urgent" }, boundary: { [`${alerts}[0].labels.severity`]: "page" } },
  "alerts-know-the-troubles": { fails: { [`${alerts}[6].expr`]: "x > 1", [`${alerts}[6].alert`]: "Waits" }, boundary: { [`${alerts}[6].alert`]: "Lag" } },
  "watchdog-fires": { fails: { [`${alerts}[10].expr`]: "vector(0)" }, boundary: { [`${alerts}[10].expr`]: "( vector( 1 ) )" } },
  "monitoring-survives": { given: { "+": [tool("quay.io/prometheus/alertmanager:v1")] }, fails: { "StatefulSet/tool spec.volumeClaimTemplates": undefined }, boundary: { "StatefulSet/tool spec.replicas": 2 } },
  "prometheus-alerts": {
    given: { "+": [tool("prom/prometheus:v3"), map("prometheus", { "prometheus.yml": CONFIGURATION }), { apiVersion: "v1", kind: "Service", metadata: { name: "alertmanager", namespace: "tools" }, spec: {} }] },
    fails: { 'ConfigMap/prometheus data["prometheus.yml"]': "scrape_configs: []\n" },
    boundary: {},
  },
  "scrapes-often": { given: { "-": ["PrometheusRule/shop"] }, fails: { "ServiceMonitor/order spec.endpoints[0].interval": "61s" }, boundary: { "ServiceMonitor/order spec.endpoints[0].interval": "1m" } },
  "mails-arrive": { given: { "+": [map("mail", { "alertmanager.yml": ROUTES })] }, fails: { 'ConfigMap/mail data["alertmanager.yml"]': ROUTES.replace("5m", "299s") }, boundary: {} },
  "grafana-is-closed": { given: { "+": [tool("grafana/grafana:12")] }, fails: { "StatefulSet/tool $c.env": [{ name: "GF_AUTH_ANONYMOUS_ENABLED", value: "true" }] }, boundary: { "StatefulSet/tool $c.env": [{ name: "GF_AUTH_ANONYMOUS_ENABLED", value: "false" }] } },
  "dashboards-are-whole": { given: { "+": [map("board", { "a.json": "{}" }, { labels: { grafana_dashboard: "1" } })] }, fails: { 'ConfigMap/board data["a.json"]': "{" }, boundary: {}, unknown: { "ConfigMap/board data": UNKNOWN } },
};
