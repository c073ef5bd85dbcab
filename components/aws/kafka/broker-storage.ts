import { Policy } from "@pulumi/aws/appautoscaling/policy.js";
import { Target } from "@pulumi/aws/appautoscaling/target.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";

/** Disk use at which storage grows (AWS recommends 50 to 60 %), and how far: MSK storage never shrinks. */
const STORAGE_TARGET_PERCENT = 60;
const STORAGE_GROWTH = 10;

/** The brokers' disks grow by themselves, and never shrink. */
export function storageAutoscaling(
  name: string,
  resourceId: Input<string>,
  gibibytes: number,
  opts: CustomResourceOptions,
): void {
  const what = { resourceId, scalableDimension: "kafka:broker-storage:VolumeSize", serviceNamespace: "kafka" };
  const target = new Target(name, { ...what, minCapacity: 1, maxCapacity: gibibytes * STORAGE_GROWTH }, opts);
  new Policy(
    name,
    {
      name,
      ...what,
      resourceId: target.resourceId,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: STORAGE_TARGET_PERCENT,
        disableScaleIn: true,
        predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
      },
    },
    opts,
  );
}
