import assert from "node:assert/strict";
import { resourcesOf } from "../cases/cases.ts";
import { judge } from "../judging/judge.ts";
import { Graph } from "../resources/graph.ts";
import { RULES } from "../rules.ts";

function told(apiVersion: string, kind: string, release?: number): string[] {
  const { findings } = judge(
    new Graph(resourcesOf([{ apiVersion, kind, metadata: { name: "a" } }])),
    RULES.filter(({ id }) => id === "served-api"),
    { tier: "standard", facts: {}, limits: release === undefined ? {} : { "served-api": { release } } },
  );
  return findings.map(({ found, wanted }) => `${found} → ${wanted}`);
}

describe("API versions", () => {
  it("lead to the version that the release serves, and never to one that it has not", () => {
    assert.deepEqual(told("autoscaling/v2beta2", "HorizontalPodAutoscaler"), [
      "autoscaling/v2beta2 HorizontalPodAutoscaler, removed in 1.26 → autoscaling/v2",
    ]);
    assert.deepEqual(told("extensions/v1beta1", "Ingress"), [
      "extensions/v1beta1 Ingress, removed in 1.22 → networking.k8s.io/v1",
    ]);
    assert.deepEqual(told("networking.k8s.io/v1alpha1", "ClusterCIDR"), [
      "networking.k8s.io/v1alpha1 ClusterCIDR, removed in 1.31 → nothing: Kubernetes 1.34 has no ClusterCIDR",
    ]);
    assert.deepEqual(told("flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", 28), []);
    assert.deepEqual(told("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", 28), [
      "flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema, removed in 1.26 → flowcontrol.apiserver.k8s.io/v1beta3",
    ]);
    assert.deepEqual(told("batch/v1", "CronJob", 20), ["batch/v1 CronJob, served as of 1.21 → batch/v1beta1"]);
  });

  it("may be unfinished where the release has no finished one", () => {
    assert.deepEqual(told("coordination.k8s.io/v1beta1", "LeaseCandidate"), []);
    assert.deepEqual(told("certificates.k8s.io/v1beta1", "ClusterTrustBundle"), []);
    assert.deepEqual(told("storage.k8s.io/v1beta1", "VolumeAttributesClass"), [
      "storage.k8s.io/v1beta1 VolumeAttributesClass → storage.k8s.io/v1",
    ]);
  });
});
