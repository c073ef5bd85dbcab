import assert from "node:assert/strict";
import type { Props } from "../resources/resource.ts";
import { ask, askGood } from "../testing/asked.ts";

const rollout: Props = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Rollout",
  metadata: { name: "order", namespace: "shop" },
  spec: { workloadRef: { kind: "Deployment", name: "order" }, strategy: { canary: {} } },
};
const scaled = (spec: object): Props => ({
  apiVersion: "keda.sh/v1alpha1",
  kind: "ScaledObject",
  metadata: { name: "order", namespace: "shop" },
  spec: { scaleTargetRef: { name: "order" }, ...spec },
});
const alone = { "-": ["HorizontalPodAutoscaler/order"] };

describe("a Rollout that names a Deployment", () => {
  it("has the Deployment's pods, and they are judged once", () => {
    assert.deepEqual(
      askGood("memory-limit", { "+": [rollout], "Deployment/order $c.resources.limits": {} }).found.length,
      1,
    );
    assert.deepEqual(askGood("labels-tell-owner", { "+": [rollout] }).found, []);
  });
  it("decides how many there are: the 0 of the Deployment is what Argo leaves of it", () => {
    const edits = { ...alone, "+": [rollout], "Deployment/order spec.replicas": 0 };
    assert.deepEqual(askGood("replica-floor", edits).found, ["spec.replicas: 1 by default"]);
    assert.deepEqual(askGood("replica-floor", { ...edits, "Rollout/order spec.replicas": 2 }).found, []);
    assert.deepEqual(askGood("surge-first", { "+": [rollout], "Deployment/order spec.strategy": undefined }).found, []);
  });
  it("may be scaled in place of it", () => {
    const target = { "HorizontalPodAutoscaler/order spec.scaleTargetRef.kind": "Rollout" };
    assert.deepEqual(askGood("autoscaler-exists", { "+": [rollout], ...target }).found, []);
    assert.deepEqual(askGood("autoscaler-has-target", { "+": [rollout], ...target }).found, []);
  });
});

describe("a ScaledObject", () => {
  it("goes down to nothing unless it says otherwise", () => {
    assert.deepEqual(ask("autoscaler-floor", [scaled({})]).found, ["spec.minReplicaCount: 0 by default"]);
    assert.deepEqual(ask("autoscaler-floor", [scaled({ minReplicaCount: 2 })]).found, []);
    assert.deepEqual(ask("autoscaler-floor", [scaled({ minReplicaCount: 2, idleReplicaCount: 0 })]).found, [
      "spec.idleReplicaCount: 0",
    ]);
  });
  it("has room to grow up to a hundred, or as far as it says", () => {
    assert.deepEqual(ask("autoscaler-can-grow", [scaled({ minReplicaCount: 2 })]).found, []);
    assert.deepEqual(ask("autoscaler-can-grow", [scaled({ minReplicaCount: 2, maxReplicaCount: 2 })]).found, [
      "spec.maxReplicaCount: 2",
    ]);
  });
  it("needs requests for what it takes a share of", () => {
    const of = (trigger: object): readonly string[] =>
      askGood("metric-has-request", {
        ...alone,
        "+": [scaled({ triggers: [trigger] })],
        "Deployment/order $c.resources": {},
      }).found;
    assert.equal(of({ type: "cpu", metricType: "Utilization", metadata: { value: "60" } }).length, 1);
    assert.equal(of({ type: "cpu", metricType: "AverageValue", metadata: { value: "1" } }).length, 0);
    assert.equal(of({ type: "aws-sqs-queue", metadata: {} }).length, 0);
  });
});

describe("a monitor", () => {
  const monitor = (kind: string, spec: object): Props => ({
    apiVersion: "monitoring.coreos.com/v1",
    kind,
    metadata: { name: "m", namespace: "shop" },
    spec,
  });
  it("of pods has to select some too", () => {
    const of = (name: string): readonly string[] =>
      askGood("monitor-selects", {
        "+": [monitor("PodMonitor", { selector: { matchLabels: { "app.kubernetes.io/name": name } } })],
      }).found;
    assert.deepEqual([of("order").length, of("odrer").length], [0, 1]);
  });
  it("of a namespace that is not declared here is unknown", () => {
    const kubelet = monitor("ServiceMonitor", { selector: {}, namespaceSelector: { matchNames: ["kube-system"] } });
    assert.deepEqual(ask("monitor-selects", [kubelet]).unknown, ["nothing of namespace kube-system is declared here"]);
  });
});
