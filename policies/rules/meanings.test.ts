import assert from "node:assert/strict";
import { ask, askGood } from "../testing/asked.ts";

const found = (id: string, edits: Readonly<Record<string, unknown>>): number => askGood(id, edits).found.length;

describe("ports and probes", () => {
  it("are of one protocol from the Service to the container", () => {
    const dns = { "Service/order spec.ports[0]": { port: 53, targetPort: "dns" } };
    for (const [protocol, wrong] of [
      ["UDP", 1],
      ["TCP", 0],
      [undefined, 0],
    ] as const)
      assert.equal(
        found("port-chain", { ...dns, "Deployment/order $c.ports[+]": { name: "dns", containerPort: 53, protocol } }),
        wrong,
      );
  });
  it("of number 0 are the port of the Service", () => {
    assert.equal(found("port-chain", { "Service/order spec.ports[0].targetPort": 0 }), 0);
    assert.equal(found("port-chain", { "Service/order spec.ports[0]": { port: 1, targetPort: 0 } }), 1);
  });
  it("are the same question by number and by name", () => {
    const probe = (port: unknown): object => ({ httpGet: { path: "/", port } });
    const both = {
      "Deployment/order $c.livenessProbe": probe(8080),
      "Deployment/order $c.readinessProbe": probe("http"),
    };
    assert.equal(found("probes-differ", both), 1);
    assert.equal(found("probes-differ", { ...both, "Deployment/order $c.readinessProbe": probe("metrics") }), 0);
  });
});

describe("a mesh", () => {
  const virtual = (timeout: string): object => ({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "order", namespace: "shop" },
    spec: { hosts: ["order"], http: [{ route: [{ destination: { host: "order" } }], timeout }] },
  });
  const rule = (host: string): object => ({
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "all", namespace: "shop" },
    spec: { host, trafficPolicy: { connectionPool: { tcp: {} }, outlierDetection: {} } },
  });
  it("waits for ever where a time-out is 0, so the usual time counts", () => {
    const slow = { "+": [virtual("0s")], "Deployment/order $p.terminationGracePeriodSeconds": 20 };
    assert.equal(found("requests-finish", slow), 1);
  });
  it("has a rule for a Service in one for its namespace or for all", () => {
    for (const [host, wrong] of [
      ["payment", 0],
      ["*.shop.svc.cluster.local", 0],
      ["*.local", 0],
      ["*", 0],
      ["*.tools.svc.cluster.local", 1],
    ] as const)
      assert.equal(found("breaker-coverage", { "+": [rule(host)] }), wrong, host);
  });
});

describe("a changed setting", () => {
  const fixed = {
    "ConfigMap/order-1a2b3c4d metadata.name": "order",
    "Deployment/order $c.env": [],
    "Deployment/order $c.envFrom": [{ configMapRef: { name: "order" } }],
  };
  const told = (place: string, notes: object): number =>
    found("config-rolls", { ...fixed, [`Deployment/order ${place}.annotations`]: notes });
  it("rolls pods by a checksum on their template, and not by one elsewhere", () => {
    assert.equal(told("spec.template.metadata", { "checksum/config": "abc" }), 0);
    assert.equal(told("metadata", { "checksum/config": "abc" }), 1);
  });
  it("rolls pods by a reloader that is told to watch this very object", () => {
    assert.equal(told("metadata", { "reloader.stakater.com/auto": "true" }), 0);
    assert.equal(told("metadata", { "reloader.stakater.com/auto": "false" }), 1);
    assert.equal(told("metadata", { "configmap.reloader.stakater.com/reload": "other, order" }), 0);
    assert.equal(told("metadata", { "configmap.reloader.stakater.com/reload": "other" }), 1);
    assert.equal(told("metadata", { "secret.reloader.stakater.com/reload": "order" }), 1);
  });
});

describe("an empty word", () => {
  it("is no class for a claim that names its volume, and a missing one else", () => {
    const claim = (more: object): number =>
      found("claim-class", { "PersistentVolumeClaim/archive spec": { storageClassName: "", ...more } });
    assert.deepEqual([claim({ volumeName: "pv" }), claim({})], [0, 1]);
  });
  it("is the default account", () =>
    assert.equal(found("service-account-named", { "Deployment/order $p.serviceAccountName": "" }), 1));
});

describe("what is not what it looks like", () => {
  it("a digest in capitals is none", () =>
    assert.equal(found("image-digest", { "Deployment/order $c.image": `a@sha256:${"A".repeat(64)}` }), 1));
  it("a Job chooses its pods by itself", () => {
    const job = (spec: object): number =>
      ask("selector-matches-template", [
        {
          apiVersion: "batch/v1",
          kind: "Job",
          metadata: { name: "j" },
          spec: { template: { metadata: { labels: { a: "b" } } }, ...spec },
        },
      ]).found.length;
    assert.deepEqual(
      [
        job({}),
        job({ selector: { matchLabels: { a: "b" } } }),
        job({ manualSelector: true, selector: { matchLabels: { a: "b" } } }),
      ],
      [0, 1, 0],
    );
    assert.equal(job({ manualSelector: true, selector: { matchLabels: { a: "c" } } }), 1);
  });
  it("a label that somebody writes exempts nothing; what runs does", () => {
    const one = { "-": ["HorizontalPodAutoscaler/order"], "Deployment/order spec.replicas": 1 };
    const labels = {
      "Deployment/order spec.template.metadata.labels.app.kubernetes.io/component": "monitoring",
      'Deployment/order spec.template.metadata.labels["app.kubernetes.io/component"]': "monitoring",
    };
    assert.equal(found("replica-floor", { ...one, ...labels }), 1);
    assert.equal(
      found("replica-floor", { ...one, "Deployment/order $c.image": "quay.io/prometheus/prometheus:v3" }),
      0,
    );
  });
});

describe("one fault", () => {
  it("is told once for an object, however many of its keys are taken", () => {
    const env = ["A", "B"].map((key) => ({ name: key, valueFrom: { configMapKeyRef: { name: "fixed", key } } }));
    const map = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "fixed", namespace: "shop" },
      data: { A: "1", B: "2" },
    };
    const edits = { "Deployment/order $c.env": env, "+": [map] };
    assert.equal(found("config-rolls", edits), 1);
    assert.equal(found("env-resolves", { "Deployment/order $c.env": env }), 1);
  });
  it("is told on the object that has to change", () => {
    const rule = {
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { name: "payment", namespace: "shop" },
      spec: { host: "payment", trafficPolicy: { connectionPool: {} } },
    };
    assert.deepEqual(askGood("breaker-coverage", { "+": [rule] }).found, [
      "spec.trafficPolicy: a DestinationRule without outlierDetection",
    ]);
  });
});
