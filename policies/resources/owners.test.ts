import assert from "node:assert/strict";
import { ask } from "../testing/asked.ts";
import type { Props } from "./resource.ts";

const made = (apiVersion: string, kind: string, name: string, owner?: readonly [string, string]): Props => ({
  apiVersion,
  kind,
  metadata: {
    name,
    namespace: "shop",
    labels: { app: "order" },
    ...(owner ? { ownerReferences: [{ kind: owner[0], name: owner[1] }] } : {}),
  },
  spec:
    kind === "Pod"
      ? { containers: [{ name: "a" }] }
      : { template: { metadata: { labels: { app: "order" } }, spec: { containers: [{ name: "a" }] } } },
});
const deployment = made("apps/v1", "Deployment", "order");
const replicaSet = made("apps/v1", "ReplicaSet", "order-1", ["Deployment", "order"]);
const pods = ["a", "b"].map((name) => made("v1", "Pod", `order-1-${name}`, ["ReplicaSet", "order-1"]));

describe("objects that others make", () => {
  it("are judged once, at their owner", () => {
    assert.equal(ask("memory-limit", [deployment, replicaSet, ...pods]).found.length, 1);
  });
  it("are judged once where the owner was not given", () => {
    assert.equal(ask("memory-limit", [replicaSet, ...pods]).found.length, 1);
    assert.equal(ask("memory-limit", pods).found.length, 1);
  });
  it("are the operator's where an operator owns them", () => {
    assert.deepEqual(ask("memory-limit", [made("apps/v1", "StatefulSet", "k8s", ["Prometheus", "k8s"])]).found, []);
  });
  it("count as pods all the same", () => {
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "s", namespace: "shop" },
      spec: { selector: { app: "order" } },
    };
    const children = [made("apps/v1", "StatefulSet", "k8s", ["Prometheus", "k8s"]), service];
    assert.deepEqual(ask("service-selects-pods", children).found, []);
  });
});

describe("pods that an operator makes", () => {
  const operator = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Prometheus",
    metadata: { name: "k8s", namespace: "shop" },
    spec: {},
  };
  const service = (selector: object): Props => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "s", namespace: "shop" },
    spec: { selector },
  });
  it("are unknown to a Service that names its object, and missing for any other", () => {
    assert.equal(
      ask("service-selects-pods", [operator, service({ "app.kubernetes.io/instance": "k8s" })]).unknown.length,
      1,
    );
    assert.equal(
      ask("service-selects-pods", [operator, service({ "app.kubernetes.io/name": "prometheus" })]).unknown.length,
      1,
    );
    assert.equal(ask("service-selects-pods", [operator, service({ app: "odrer" })]).found.length, 1);
  });
});

describe("a Service of one pod of a StatefulSet", () => {
  const set = {
    ...made("apps/v1", "StatefulSet", "redis"),
    spec: { ...(made("apps/v1", "StatefulSet", "redis")["spec"] as object), replicas: 3 },
  };
  const one = (pod: string): Props => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "s", namespace: "shop" },
    spec: { selector: { app: "order", "statefulset.kubernetes.io/pod-name": pod } },
  });
  it("leads to a pod that Kubernetes labels with its name", () => {
    assert.deepEqual(ask("service-selects-pods", [set, one("redis-2")]).found, []);
    assert.equal(ask("service-selects-pods", [set, one("redis-3")]).found.length, 1);
  });
});

describe("a helper beside the container that serves", () => {
  const pod = (...containers: object[]): Props => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d", namespace: "shop" },
    spec: { template: { spec: { containers } } },
  });
  const probe = { httpGet: { port: 80 } };
  const serving = { name: "a", ports: [{ containerPort: 80 }], livenessProbe: probe, readinessProbe: probe };
  it("needs no probes, and a worker without port and Service no readiness", () => {
    for (const id of ["liveness-declared", "readiness-declared"])
      assert.deepEqual(ask(id, [pod(serving, { name: "log" })]).found, []);
    assert.equal(ask("liveness-declared", [pod({ name: "worker" })]).found.length, 1);
    assert.equal(ask("readiness-declared", [pod({ name: "worker" })]).found.length, 0);
    assert.equal(ask("readiness-declared", [pod({ name: "a", ports: [{ containerPort: 80 }] })]).found.length, 1);
  });
  it("may be a test that Helm runs once: no bare pod", () => {
    const test = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "t", namespace: "shop", annotations: { "helm.sh/hook": "test" } },
      spec: { restartPolicy: "Never", containers: [{ name: "a" }] },
    };
    for (const id of ["no-bare-pod", "liveness-declared", "readiness-declared"])
      assert.deepEqual(ask(id, [test]).found, []);
  });
});
