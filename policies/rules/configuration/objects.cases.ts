import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const job = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "nightly", namespace: "tools" },
  spec: { startingDeadlineSeconds: 300, jobTemplate: { spec: { template: { metadata: {}, spec: {} } } } },
};
const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "bare", namespace: "tools", labels: { app: "x" } },
  spec: {},
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "cron-deadline": { given: { "+": [job] }, fails: { "CronJob/nightly spec.startingDeadlineSeconds": undefined }, boundary: { "CronJob/nightly spec.startingDeadlineSeconds": 0 } },
  "no-bare-pod": { given: { "+": [{ ...pod, metadata: { ...pod.metadata, ownerReferences: [{}] } }] }, fails: { "Pod/bare metadata.ownerReferences": [] }, boundary: { "Pod/bare metadata.ownerReferences": [{ kind: "Job" }] } },
  "namespace-named": { given: { "+": [job] }, fails: { "CronJob/nightly metadata.namespace": undefined }, boundary: { "CronJob/nightly metadata.namespace": "default-tools" }, unknown: { "CronJob/nightly metadata.namespace": UNKNOWN } },
  "labels-tell-owner": { fails: { "Deployment/order metadata.labels": { "app.kubernetes.io/name": "order" } }, boundary: { "Deployment/order metadata.labels.more": "1" }, unknown: { "Deployment/order metadata.labels": UNKNOWN } },
  "namespace-restricted": { fails: { 'Namespace/shop metadata.labels["pod-security.kubernetes.io/enforce"]': "baseline" }, boundary: { 'Namespace/shop metadata.labels["pod-security.kubernetes.io/warn"]': "restricted" } },
};
