import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { metadata, type Owner } from "./metadata.ts";

/** How often the autoscaler may act again, in seconds: twice the resolution of the metrics server. */
const SCALE_UP_PERIOD = 30;
const SCALE_DOWN_PERIOD = 60;

/** Doubling is slow from one: this many pods may come at once, whatever there is. */
const SCALE_UP_PODS = 2;

/** Doubles quickly under load, halves slowly after it: too many pods cost cents, too few cost requests. */
export function autoscaler(
  owner: Owner,
  { scale }: WorkloadPlan,
  deployment: Input<string>,
): types.input.autoscaling.v2.HorizontalPodAutoscaler {
  return {
    metadata: metadata(owner),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
      minReplicas: scale.min,
      maxReplicas: scale.max,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: scale.percentOfRequest } },
        },
      ],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          policies: [
            { type: "Percent", value: 100, periodSeconds: SCALE_UP_PERIOD },
            { type: "Pods", value: SCALE_UP_PODS, periodSeconds: SCALE_UP_PERIOD },
          ],
        },
        scaleDown: {
          stabilizationWindowSeconds: scale.scaleDownSeconds,
          policies: [{ type: "Percent", value: 50, periodSeconds: SCALE_DOWN_PERIOD }],
        },
      },
    },
  };
}
