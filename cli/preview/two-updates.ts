import type { PreviewPlan } from "./preview-plan.ts";

/** What the AWS Load Balancer Controller brings to a cluster; EKS Auto Mode has a kind of its own. */
const BINDING = "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding";

/** What somebody has to do between two updates, which no plan of the first one shows: with node groups nobody knows yet how pods join the load balancer. */
export function twoUpdates({ steps }: Pick<PreviewPlan, "steps">): string[] {
  if (!steps.some(({ type, op }) => type === BINDING && op === "create")) return [];
  const isNew = steps.some(({ type, op }) => type === "aws:eks/cluster:Cluster" && op === "create");
  return [
    isNew
      ? "node-groups take two updates: the first makes the cluster and stops at the TargetGroupBinding; install the AWS Load Balancer Controller there, then run the same update again"
      : "node-groups want the AWS Load Balancer Controller in the cluster before the update: without it the TargetGroupBinding is refused",
  ];
}
