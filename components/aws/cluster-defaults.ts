import { Addon } from "@pulumi/aws/eks/addon.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass.js";
import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import { LABEL } from "../../model/names.ts";
import type { NewCluster } from "./settings.ts";

/** Add-ons EKS itself does not bring: the one Auto Mode needs, and those that node groups need beside it. */
const AUTO = ["metrics-server"] as const;
const NODE_GROUPS = [...AUTO, "vpc-cni", "kube-proxy", "coredns", "aws-ebs-csi-driver", "eks-pod-identity-agent"] as const;

/** What every cluster has before the first system: an encrypted storage class, enforced network policies, metrics for autoscaling. */
export function clusterDefaults(name: string, { compute }: NewCluster, inside: CustomResourceOptions, outside: CustomResourceOptions): Output<string> {
  const labels = { [LABEL.name]: name, [LABEL.managedBy]: "slipway" };
  for (const addonName of compute === "auto" ? AUTO : NODE_GROUPS) {
    const configurationValues = addonName === "vpc-cni" ? JSON.stringify({ enableNetworkPolicy: "true" }) : undefined;
    new Addon(`${name}-${addonName}`, {
      clusterName: name, addonName, resolveConflictsOnCreate: "OVERWRITE", resolveConflictsOnUpdate: "PRESERVE",
      ...(configurationValues ? { configurationValues } : {}),
    }, outside);
  }
  if (compute === "auto") {
    // Auto Mode brings the controller of network policies and leaves it off until this map says otherwise.
    new ConfigMap(`${name}-network-policy`, {
      metadata: { name: "amazon-vpc-cni", namespace: "kube-system", labels }, data: { "enable-network-policy-controller": "true" },
    }, inside);
  }
  const storage = new StorageClass(`${name}-gp3`, {
    metadata: { name: "gp3", labels, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: compute === "auto" ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true" },
    reclaimPolicy: "Retain", volumeBindingMode: "WaitForFirstConsumer", allowVolumeExpansion: true,
  }, inside);
  return storage.metadata.name;
}
