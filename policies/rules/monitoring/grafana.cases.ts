import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

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

// biome-ignore format: one case a line
export const cases: Cases = {
  "grafana-is-closed": { given: { "+": [tool("grafana/grafana:12")] }, fails: { "StatefulSet/tool $c.env": [{ name: "GF_AUTH_ANONYMOUS_ENABLED", value: "true" }] }, boundary: { "StatefulSet/tool $c.env": [{ name: "GF_AUTH_ANONYMOUS_ENABLED", value: "false" }] } },
  "dashboards-are-whole": { given: { "+": [map("board", { "a.json": "{}" }, { labels: { grafana_dashboard: "1" } })] }, fails: { 'ConfigMap/board data["a.json"]': "{" }, boundary: {}, unknown: { "ConfigMap/board data": UNKNOWN } },
};
