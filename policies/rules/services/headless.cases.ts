import type { Cases } from "../../testing/case.ts";

const kafka = (name: string): object[] => [
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "tool", namespace: "tools" },
    spec: {
      serviceName: name,
      replicas: 2,
      selector: { matchLabels: { app: "tool" } },
      template: { metadata: { labels: { app: "tool" } }, spec: {} },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "tool", namespace: "tools" },
    spec: { clusterIP: "None", selector: { app: "tool" }, ports: [{ port: 9092 }] },
  },
];

// biome-ignore format: one case a line
export const cases: Cases = {
  "headless-service": { given: { "+": kafka("tool") }, fails: { "StatefulSet/tool spec.serviceName": "tools" }, boundary: {} },
};
