import type { PreviewPlan, Step } from "./preview-plan.ts";

/** Types whose replacement or deletion loses data or takes every system down. */
const STATEFUL: Readonly<Record<string, string>> = {
  "aws:rds/instance:Instance": "database",
  "aws:rds/cluster:Cluster": "database",
  "aws:elasticache/replicationGroup:ReplicationGroup": "cache",
  "aws:msk/cluster:Cluster": "Kafka cluster",
  "aws:msk/topic:Topic": "topic",
  "aws:eks/cluster:Cluster": "cluster",
  "aws:ecr/repository:Repository": "repository with images",
  "aws:kms/key:Key": "encryption key",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:ec2/vpc:Vpc": "network",
  "kubernetes:core/v1:PersistentVolumeClaim": "volume",
  "kubernetes:apps/v1:StatefulSet": "store",
  "kubernetes:core/v1:Namespace": "namespace",
  "random:index/randomPassword:RandomPassword": "password",
};

/** One thing that would be lost. */
export interface Loss {
  readonly step: Step;
  readonly what: string;
  readonly because: readonly string[];
}

/** True for what must never be replaced silently. */
export function isStateful({ type }: Pick<Step, "type">): boolean {
  return Object.hasOwn(STATEFUL, type);
}

/** Everything stateful that the plan would replace or delete. */
export function losses({ steps }: PreviewPlan): Loss[] {
  return steps
    .filter((step) => isStateful(step) && (step.op === "replace" || step.op === "delete"))
    .map((step) => ({
      step,
      what: STATEFUL[step.type] ?? "",
      because: step.op === "delete" ? ["it is no longer declared"] : step.replacing,
    }));
}
