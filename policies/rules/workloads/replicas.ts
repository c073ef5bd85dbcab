import {
  advice,
  everywhere,
  inProduction,
  limit,
  notApplicable,
  resourceRule,
  workloadRule,
} from "../../judging/rule.ts";
import type { Workload } from "../../resources/pods.ts";
import { workloadAdmits } from "../../views/weaknesses.ts";
import { mayBeAlone } from "../../views/alone.ts";
import { runs } from "../../views/image.ts";
import { autoscalersOf, boundsOf, type Autoscaler } from "../../views/capacity.ts";

/** Programs that answer no customer, by the last part of their image; monitoring-survives judges them. */
const INTERNAL: readonly string[] = [
  "prometheus",
  "alertmanager",
  "grafana",
  "kube-state-metrics",
  "mail-sink",
  "*-exporter",
  "*_exporter",
];

/** What a workload runs says what it is; a label somebody writes does not. */
function runsOneOf(programs: readonly string[], workload: Workload): boolean {
  const names = programs.map((name) => name.replace(/[.+]/g, "\\$&").replaceAll("*", ".*"));
  return names.length > 0 && runs(workload, new RegExp(`^(${names.join("|")})$`));
}

const replicated = ({ kind }: Workload): boolean =>
  ["Deployment", "StatefulSet", "DeploymentConfig", "Rollout"].includes(kind);

export const replicaFloor = workloadRule({
  id: "replica-floor",
  number: "K29",
  items: [25],
  severity: "high",
  levels: inProduction,
  title: "More than one replica runs when nothing scales it, or the description says why not",
  why: "With one replica every crash, drain and rollout is an outage.",
  fix: `spec: { replicas: 2 }`,
  limits: {
    min: limit("lowest number of replicas", 3, 2, 1),
    alone: limit("images, by their last part, that may run once, because they answer no customer", INTERNAL),
  },
  *across(workload, { graph, limit: { min, alone } }) {
    if (runsOneOf(alone, workload)) return notApplicable;
    if (!replicated(workload) || autoscalersOf(graph, workload).length > 0) return notApplicable;
    if (mayBeAlone(graph, workload)) return notApplicable;
    const found = workload.spec.replicas ?? 1; // what Kubernetes assumes
    if (found < min)
      yield {
        path: "spec.replicas",
        found: `${found}${workload.spec.replicas === undefined ? " by default" : ""}`,
        wanted: `>= ${min}, or an autoscaler`,
      };
  },
});

export const autoscalerFloor = resourceRule<Autoscaler["props"]>()({
  id: "autoscaler-floor",
  number: "K30",
  items: [4, 25],
  on: ["HorizontalPodAutoscaler", "ScaledObject"],
  severity: "high",
  levels: inProduction,
  title: "Replicas stay up at the lowest load",
  why: "An autoscaler that may go down to one replica makes every quiet night a single point of failure.",
  fix: `spec: { minReplicas: 2 }`,
  limits: { min: limit("lowest minReplicas", 3, 2, 1) },
  *check(autoscaler, { limit: { min } }) {
    const { floor } = boundsOf(autoscaler);
    const { idleReplicaCount, minReplicaCount, minReplicas } = autoscaler.props.spec ?? {};
    const stated = idleReplicaCount ?? minReplicaCount ?? minReplicas;
    const path = autoscaler.kind === "ScaledObject" ? "spec.minReplicaCount" : "spec.minReplicas";
    if (floor < min)
      yield {
        path: idleReplicaCount === undefined ? path : "spec.idleReplicaCount",
        found: `${floor}${stated === undefined ? " by default" : ""}`,
        wanted: `>= ${min}`,
      };
  },
});

export const autoscalerExists = workloadRule({
  id: "autoscaler-exists",
  needsAll: true,
  number: "K32",
  items: [4],
  severity: "medium",
  levels: advice,
  title: "Every Deployment has an autoscaler",
  why: "A fixed number of replicas is too small at the peak and too large in the night.",
  fix: `new k8s.autoscaling.v2.HorizontalPodAutoscaler("order", { spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "order" }, minReplicas: 2, maxReplicas: 6, metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }] } })`,
  limits: { steady: limit("images, by their last part, that need none, because they answer no customer", INTERNAL) },
  *across(workload, { graph, limit: { steady } }) {
    if (workload.kind !== "Deployment" || runsOneOf(steady, workload)) return notApplicable;
    if (workloadAdmits(graph, workload, "one")) return notApplicable;
    if (autoscalersOf(graph, workload).length === 0)
      yield {
        path: "metadata.name",
        found: `no autoscaler names Deployment ${workload.name}`,
        wanted: "one HorizontalPodAutoscaler or ScaledObject",
      };
  },
});

export const replicasLeftToAutoscaler = workloadRule({
  id: "replicas-left-to-autoscaler",
  number: "K35",
  items: [4],
  severity: "medium",
  levels: everywhere,
  title: "A workload with an autoscaler sets no replicas of its own",
  why: "Every deployment sets the number back: in the middle of a peak most of the pods are stopped.",
  fix: `spec: { selector, template } // no replicas`,
  *across(workload, { graph }) {
    const [autoscaler] = autoscalersOf(graph, workload);
    if (!autoscaler) return notApplicable;
    if (workload.spec.replicas === undefined || workload.spec.replicas === null) return;
    yield {
      path: "spec.replicas",
      found: String(workload.spec.replicas),
      wanted: `not set, because ${autoscaler.kind} ${autoscaler.name} decides`,
      related: [autoscaler],
    };
  },
});
