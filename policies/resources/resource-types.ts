/** Type tokens of the engine for the kinds that single-resource rules ask about. */

import { own } from "../../model/harmless/own.ts";

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["apps/v1", "apps/v1beta2", "apps/v1beta1", "extensions/v1beta1"],
  StatefulSet: ["apps/v1", "apps/v1beta2", "apps/v1beta1"],
  DaemonSet: ["apps/v1", "apps/v1beta2", "extensions/v1beta1"],
  ReplicaSet: ["apps/v1", "apps/v1beta2", "extensions/v1beta1"],
  ReplicationController: ["core/v1"],
  Job: ["batch/v1"],
  CronJob: ["batch/v1", "batch/v1beta1"],
  Pod: ["core/v1"],
  HorizontalPodAutoscaler: ["autoscaling/v2", "autoscaling/v1", "autoscaling/v2beta2", "autoscaling/v2beta1"],
  PodDisruptionBudget: ["policy/v1", "policy/v1beta1"],
  Service: ["core/v1"],
  ConfigMap: ["core/v1"],
  Secret: ["core/v1"],
  Namespace: ["core/v1"],
  PersistentVolumeClaim: ["core/v1"],
  Ingress: ["networking.k8s.io/v1", "networking.k8s.io/v1beta1", "extensions/v1beta1"],
  StorageClass: ["storage.k8s.io/v1", "storage.k8s.io/v1beta1"],
};

/** Kinds that make pods, to which rules about workloads and containers apply. */
export const WORKLOAD_KINDS = [
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
  "CronJob",
  "Pod",
];

/** Tokens of a kind; the kind itself for other providers. */
export function tokensOf(kind: string): readonly string[] {
  if (kind.includes(":")) return [kind];
  return (own(VERSIONS, kind) ?? []).map((version) => `kubernetes:${version}:${kind}`);
}

/** All Kubernetes kinds with a token. */
export const KUBERNETES_KINDS: readonly string[] = Object.keys(VERSIONS);
