import { Addon, type AddonArgs } from "@pulumi/aws/eks/addon.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass.js";
import type { types } from "@pulumi/kubernetes";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { LABEL } from "../../../model/names.ts";
import { podTrust } from "../account/trust.ts";
import type { NewCluster } from "../account/settings.ts";
import type { Tags } from "../account/tags.ts";

/** Add-ons EKS itself does not bring: the one Auto Mode needs, and those that node groups need beside it. */
const AUTO = ["metrics-server"] as const;
const VOLUMES = "aws-ebs-csi-driver";
const NODE_GROUPS = [...AUTO, "vpc-cni", "kube-proxy", "coredns", VOLUMES, "eks-pod-identity-agent"] as const;

/** What every cluster has before the first system: an encrypted storage class, enforced network policies, metrics for autoscaling. */
export function clusterDefaults(
  cluster: { readonly name: string; readonly arn: Input<string> },
  { compute }: NewCluster,
  tags: Tags,
  inside: CustomResourceOptions,
  outside: CustomResourceOptions,
): Output<string> {
  const { name } = cluster;
  const labels = { [LABEL.name]: name, [LABEL.managedBy]: "slipway" };
  for (const addonName of compute === "auto" ? AUTO : NODE_GROUPS)
    new Addon(`${name}-${addonName}`, addOn(cluster, addonName, tags, outside), outside);
  // Auto Mode brings the controller of network policies and leaves it off until this map says otherwise.
  if (compute === "auto") new ConfigMap(`${name}-network-policy`, enforcement(labels), inside);
  const storage = new StorageClass(`${name}-gp3`, storageClass(labels, compute, tags), inside);
  return storage.metadata.name;
}

function addOn(
  { name: clusterName, arn }: { readonly name: string; readonly arn: Input<string> },
  addonName: (typeof NODE_GROUPS)[number],
  tags: Tags,
  opts: CustomResourceOptions,
): AddonArgs {
  const network = { enableNetworkPolicy: "true", env: { ADDITIONAL_ENI_TAGS: JSON.stringify(tags) } };
  return {
    clusterName,
    addonName,
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "PRESERVE",
    ...(addonName === "vpc-cni" ? { configurationValues: JSON.stringify(network) } : {}),
    ...(addonName === VOLUMES ? volumeRights(`${clusterName}-volumes`, arn, opts) : {}),
  };
}

function enforcement(labels: Record<string, string>): types.input.core.v1.ConfigMap {
  return {
    metadata: { name: "amazon-vpc-cni", namespace: "kube-system", labels },
    data: { "enable-network-policy-controller": "true" },
  };
}

function storageClass(
  labels: Record<string, string>,
  compute: NewCluster["compute"],
  tags: Tags,
): ConstructorParameters<typeof StorageClass>[1] & object {
  return {
    metadata: { name: "gp3", labels, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: compute === "auto" ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true", ...volumeTags(tags) },
    reclaimPolicy: "Retain",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  };
}

/** Both drivers take the tags of the volumes they make as numbered parameters. */
function volumeTags(tags: Tags): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`]),
  );
}

/** The driver makes and attaches volumes by a role of its own: no pod reaches the node's. */
function volumeRights(
  name: string,
  clusterArn: Input<string>,
  opts: CustomResourceOptions,
): Pick<AddonArgs, "podIdentityAssociations"> {
  const role = new Role(name, { assumeRolePolicy: podTrust(clusterArn), description: "Volumes of the cluster" }, opts);
  const attached = new RolePolicyAttachment(
    name,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy" },
    opts,
  );
  const roleArn = attached.id.apply(() => role.arn); // the driver starts only when it may do its work
  return { podIdentityAssociations: [{ serviceAccount: "ebs-csi-controller-sa", roleArn }] };
}
