import type { Cases } from "../../testing/case.ts";

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

// biome-ignore format: one case a line
export const cases: Cases = {
  "monitoring-survives": { given: { "+": [tool("quay.io/prometheus/alertmanager:v1")] }, fails: { "StatefulSet/tool spec.volumeClaimTemplates": undefined }, boundary: { "StatefulSet/tool spec.replicas": 2 } },
  "prometheus-alerts": {
    given: { "+": [tool("prom/prometheus:v3"), map("prometheus", { "prometheus.yml": CONFIGURATION }), { apiVersion: "v1", kind: "Service", metadata: { name: "alertmanager", namespace: "tools" }, spec: {} }] },
    fails: { 'ConfigMap/prometheus data["prometheus.yml"]': "scrape_configs: []\n" },
    boundary: {},
  },
  "scrapes-often": { given: { "-": ["PrometheusRule/shop"] }, fails: { "ServiceMonitor/order spec.endpoints[0].interval": "61s" }, boundary: { "ServiceMonitor/order spec.endpoints[0].interval": "1m" } },
};
