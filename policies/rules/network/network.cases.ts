import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const added = (name: string): object => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "added", namespace: "shop" },
  spec: { podSelector: { matchLabels: { "app.kubernetes.io/name": name } }, policyTypes: ["Ingress"] },
});
const lonely = {
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "agent", namespace: "tools" },
  spec: { template: { metadata: { labels: { app: "agent" } }, spec: {} } },
};
const tools = (selector: object): object => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "tools", namespace: "tools" },
  spec: { podSelector: selector, policyTypes: ["Ingress"] },
});

// biome-ignore format: one case a line
export const cases: Cases = {
  "network-policy-covers": { given: { "+": [lonely, tools({})] }, fails: { "-": ["NetworkPolicy/tools"] }, boundary: { "NetworkPolicy/tools spec.podSelector": { matchLabels: { app: "agent" } } }, unknown: { "NetworkPolicy/tools spec.podSelector": UNKNOWN } },
  "network-policy-selects": { given: { "+": [added("order")] }, fails: { "NetworkPolicy/added spec.podSelector.matchLabels": { app: "odrer" } }, boundary: {}, unknown: { "NetworkPolicy/added spec.podSelector": UNKNOWN } },
  "default-deny": { fails: { "NetworkPolicy/default-deny spec.policyTypes": ["Ingress"] }, boundary: { "NetworkPolicy/default-deny spec.egress": [] } },
};
