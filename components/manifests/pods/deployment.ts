import type { types } from "@pulumi/kubernetes";
import { ANNOTATION } from "../../../model/names.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { metadata, selector } from "../metadata.ts";
import { type PodParts, podTemplate } from "./pod.ts";

type DeploymentSpec = types.input.apps.v1.DeploymentSpec;

/**
 * When Pulumi calls a rollout finished: every replica is of the new version and available. Its built-in rule can take the
 * old version's readiness for the new one's when several Deployments change at once, and then report a broken update as done.
 */
const ROLLED_OUT = 'jsonpath={.status.conditions[?(@.type=="Progressing")].reason}=NewReplicaSetAvailable';

/** The pods of one service and how one version gives way to the next without a lost request. */
export function deployment(parts: PodParts): { metadata: types.input.meta.v1.ObjectMeta; spec: DeploymentSpec } {
  const {
    plan: { rollout, scale },
    owner,
  } = parts;
  return {
    metadata: { ...metadata(owner), annotations: { "pulumi.com/waitFor": ROLLED_OUT, ...contracts(parts.plan) } },
    spec: {
      // Replicas belong to the autoscaler: a number here would fight with it. What never has a second one has none.
      ...(scale.max === 1 ? { replicas: 1 } : {}),
      selector: { matchLabels: selector(owner) },
      strategy: strategy(parts),
      minReadySeconds: rollout.minReadySeconds,
      progressDeadlineSeconds: rollout.deadlineSeconds,
      revisionHistoryLimit: rollout.historyLimit,
      template: podTemplate(parts),
    },
  };
}

/** Which contracts this version keeps, and which it was tested against. On the Deployment: a new version of one rolls no pods by itself. */
function contracts({ contracts: { provides, relies } }: WorkloadPlan): Record<string, string> {
  return {
    ...(provides.length > 0 ? { [ANNOTATION.provides]: provides.join(",") } : {}),
    ...(relies.length > 0 ? { [ANNOTATION.contracts]: relies.join(",") } : {}),
  };
}

/** The old pod leaves when the new one is ready; only what must never run twice makes it the other way round. */
function strategy({ plan }: PodParts): types.input.apps.v1.DeploymentStrategy {
  if (plan.scale.max === 1) return { type: "Recreate" };
  return { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: plan.rollout.maxSurge } };
}
