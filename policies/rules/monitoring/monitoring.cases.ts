import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const alert = "PrometheusRule/shop spec.groups[0].rules[0]";
const second = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: "second", namespace: "shop" },
  spec: { selector: { matchLabels: { "app.kubernetes.io/name": "order" } }, endpoints: [{ port: "metrics" }] },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "monitor-selects": { given: { "+": [second] }, fails: { "ServiceMonitor/second spec.selector": { matchLabels: { app: "odrer" } } }, boundary: { "ServiceMonitor/second metadata.namespace": "tools", "ServiceMonitor/second spec.namespaceSelector": { any: true } } },
  "workload-scraped": { fails: { "ServiceMonitor/order spec.endpoints[0].port": "http-metrics" }, boundary: { "ServiceMonitor/order spec.endpoints[0]": { targetPort: 9464 } } },
  "alerts-cover": { fails: { [`${alert}.expr`]: `sum(rate(http_requests_total{code=~"5.."}[119s])) > 1` }, boundary: { [`${alert}.expr`]: `sum(rate(http_requests_total{code=~"5.."}[2m])) > 1` }, unknown: { "PrometheusRule/shop spec": UNKNOWN } },
};
