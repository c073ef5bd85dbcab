// The kinds this project registers. The SDK's own index would load hundreds of files for them, a tenth of the program's start.
export { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
export { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
export { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
export { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
export { CronJob } from "@pulumi/kubernetes/batch/v1/cronJob.js";
export { Job } from "@pulumi/kubernetes/batch/v1/job.js";
export { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
export { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
export { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
export { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
export { Service } from "@pulumi/kubernetes/core/v1/service.js";
export { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
export { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
export { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
export { Provider as Kubernetes } from "@pulumi/kubernetes/provider.js";
