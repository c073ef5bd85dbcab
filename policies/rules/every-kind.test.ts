import assert from "node:assert/strict";
import { resourcesOf } from "../cases/cases.ts";
import { Graph } from "../resources/graph.ts";
import { judge } from "../judging/judge.ts";
import type { Props } from "../resources/resource.ts";
import { RULES } from "../rules.ts";

const bad = {
  name: "bad",
  image: "x:latest",
  securityContext: { privileged: true },
  env: [{ name: "API_TOKEN", value: "abcd-efgh" }],
};
const good = { name: "good", image: "x:1" };
const template = (spec: object): object => ({ template: { metadata: { labels: { app: "x" } }, spec } });

/** The specification of a kind around that of its pods. */
const KINDS: readonly (readonly [string, string, (pod: object) => object])[] = [
  ["v1", "Pod", (pod) => pod],
  ["apps/v1", "Deployment", template],
  ["apps/v1beta1", "Deployment", template],
  ["extensions/v1beta1", "DaemonSet", template],
  ["apps/v1", "StatefulSet", template],
  ["apps/v1", "ReplicaSet", template],
  ["v1", "ReplicationController", template],
  ["batch/v1", "Job", template],
  ["batch/v1", "CronJob", (pod) => ({ jobTemplate: { spec: template(pod) } })],
  ["batch/v1beta1", "CronJob", (pod) => ({ jobTemplate: { spec: template(pod) } })],
  ["apps.openshift.io/v1", "DeploymentConfig", template],
  ["argoproj.io/v1alpha1", "Rollout", template],
];
const EXPECTED = ["image-tag-fixed", "no-inline-secret", "not-privileged"];

function found(object: Props): string[] {
  const rules = RULES.filter(({ id }) => EXPECTED.includes(id));
  return [
    ...new Set(
      judge(new Graph(resourcesOf([object])), rules, { tier: "standard", facts: {} }).findings.map(
        ({ rule }) => rule.id,
      ),
    ),
  ].sort();
}

describe("rules about containers", () => {
  for (const [apiVersion, kind, around] of KINDS) {
    for (const place of ["containers", "initContainers", "ephemeralContainers"]) {
      it(`look at ${place} of ${apiVersion} ${kind}`, () => {
        const pod = { containers: [good], ...{ [place]: [good, bad] } };
        assert.deepEqual(found({ apiVersion, kind, metadata: { name: "x" }, spec: around(pod) }), EXPECTED);
        assert.deepEqual(
          found({
            apiVersion: "v1",
            kind: "List",
            items: [{ apiVersion, kind, metadata: { name: "x" }, spec: around(pod) }],
          }),
          EXPECTED,
        );
      });
    }
  }

  it("leave kinds of foreign groups alone", () =>
    assert.deepEqual(
      found({
        apiVersion: "other.example/v1",
        kind: "Deployment",
        metadata: { name: "x" },
        spec: template({ containers: [bad] }),
      }),
      [],
    ));
});

describe("malformed objects", () => {
  for (const spec of [
    null,
    "x",
    [],
    {},
    { template: null },
    { template: { spec: { containers: "none" } } },
    { template: { spec: { containers: [null, "x", 1] } } },
    { selector: "x", replicas: "many" },
  ]) {
    it(`never stop the judge: spec ${JSON.stringify(spec)}`, () => {
      const objects = [
        "Deployment",
        "Service",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "NetworkPolicy",
        "Ingress",
        "ConfigMap",
        "CronJob",
      ].map((kind) => ({
        apiVersion:
          (
            {
              Service: "v1",
              ConfigMap: "v1",
              CronJob: "batch/v1",
              Deployment: "apps/v1",
              HorizontalPodAutoscaler: "autoscaling/v2",
              PodDisruptionBudget: "policy/v1",
            } as Readonly<Record<string, string>>
          )[kind] ?? "networking.k8s.io/v1",
        kind,
        metadata: null,
        spec,
      }));
      assert.doesNotThrow(() =>
        judge(new Graph(resourcesOf(objects as unknown as Props[])), RULES, { tier: "standard", facts: {} }),
      );
    });
  }
});
