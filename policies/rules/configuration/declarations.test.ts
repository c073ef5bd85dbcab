import assert from "node:assert/strict";
import { resourcesOf } from "../../cases/cases.ts";
import { judge, type Judgement } from "../../judging/judge.ts";
import { Graph } from "../../resources/graph.ts";
import type { Props } from "../../resources/resource.ts";
import { UNKNOWN } from "../../resources/unknown.ts";
import { RULES } from "../../rules.ts";

const judged = (...objects: Props[]): Judgement =>
  judge(new Graph(resourcesOf(objects)), RULES, { tier: "standard", facts: {} });
const found = (judgement: Judgement, id: string): string[] =>
  judgement.findings.filter(({ rule }) => rule.id === id).map(({ path, found: what }) => `${path}: ${what}`);
const broken = ({ doubts }: Judgement): string[] => doubts.filter((doubt) => doubt.broken).map(({ reason }) => reason);
const meta = { name: "a", namespace: "b" };
const deployment = (pod: object, more: object = {}): Props => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: meta,
  spec: { selector: { matchLabels: { a: "b" } }, template: { metadata: { labels: { a: "b" } }, spec: pod }, ...more },
});

describe("what the API server would refuse", () => {
  it("is a kind in a group that has none such, whatever the group", () => {
    for (const apiVersion of ["v1", "app/v1", "apps/v2", "batch/v1", "networking.k8s.io/v1"])
      assert.deepEqual(found(judged({ ...deployment({}), apiVersion }), "kind-in-group"), [
        `apiVersion: ${apiVersion} Deployment, which does not exist`,
      ]);
    for (const [apiVersion, kind] of [
      ["serving.knative.dev/v1", "Service"],
      ["extensions/v1beta1", "Deployment"],
      ["v1", "PodList"],
    ])
      assert.deepEqual(found(judged({ apiVersion, kind, metadata: meta }), "kind-in-group"), []);
  });

  it("is a map or a text where a list belongs, told once and without a rule that breaks", () => {
    const containers = [{ name: "a", image: "a:1", env: { A: "b" }, ports: "80" }];
    const judgement = judged(deployment({ containers, volumes: {} }));
    assert.deepEqual(found(judgement, "lists-are-lists"), [
      "spec.template.spec.containers[0].env: a map",
      "spec.template.spec.containers[0].ports: a string",
      "spec.template.spec.volumes: a map",
    ]);
    assert.deepEqual(broken(judgement), []);
  });

  it("is no list in the words of an author, nor in a schema that speaks of one", () => {
    const schema = { properties: { containers: { type: "array" }, rules: {} } };
    for (const object of [
      { apiVersion: "v1", kind: "ConfigMap", metadata: { ...meta, labels: { rules: "x" } }, data: { env: "prod" } },
      {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "a" },
        spec: schema,
      },
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        metadata: meta,
        spec: { listeners: [{ tls: {} }] },
      },
    ])
      assert.deepEqual(found(judged(object), "lists-are-lists"), []);
  });

  it("is an amount that nobody can read", () => {
    const resources = { requests: { cpu: "-1" }, limits: { cpu: "1 core" } };
    const strategy = { rollingUpdate: { maxSurge: "abc", maxUnavailable: 1.5 } };
    assert.deepEqual(
      found(
        judged(deployment({ containers: [{ name: "a", resources }] }, { replicas: "two", strategy })),
        "amounts-readable",
      ),
      [
        'spec.replicas: "two"',
        'spec.strategy.rollingUpdate.maxSurge: "abc"',
        "spec.strategy.rollingUpdate.maxUnavailable: 1.5",
        'spec.template.spec.containers[0].resources.requests.cpu: "-1"',
        'spec.template.spec.containers[0].resources.limits.cpu: "1 core"',
      ],
    );
    for (const [minAvailable, wrong] of [
      ["abc", true],
      [1.5, true],
      [-1, true],
      ["50%", false],
      [0, false],
    ] as const) {
      const budget = { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: meta, spec: { minAvailable } };
      assert.equal(found(judged(budget), "budget-says-something").length, wrong ? 1 : 0, String(minAvailable));
    }
  });
});

describe("containers that nobody knows yet", () => {
  it("are unknown to every rule about containers, those without exceptions too", () => {
    const { answers } = judged(deployment({ containers: UNKNOWN }));
    const about = RULES.filter(({ on, levels }) => on === "container" && levels.standard !== "disabled");
    assert.deepEqual(
      about.filter((rule) => ![...(answers.get(rule)?.values() ?? [])].includes("unknown")).map(({ id }) => id),
      [],
    );
  });
});
