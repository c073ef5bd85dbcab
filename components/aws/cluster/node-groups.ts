import { NodeGroup } from "@pulumi/aws/eks/nodeGroup.js";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { NodeParts } from "./node-parts.ts";
import { trustPolicy } from "../account/policy-document.ts";
import type { ImagePlatform } from "../account/settings.ts";

/** What a node may do: join, give pods addresses, pull images. */
const POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"];

/** One node at the lowest load, three at the highest: the values of the source systems. Spot stands beside, never instead. */
const GROUPS = [
  { kind: "on-demand", capacityType: "ON_DEMAND" },
  { kind: "spot", capacityType: "SPOT" },
] as const;
/** Spot chooses among several types, so that one that runs out takes no node away. */
const MACHINES = {
  "linux/amd64": {
    amiType: "AL2023_x86_64_STANDARD",
    "on-demand": ["m7i.large"],
    spot: ["m7i.large", "m6i.large", "m7a.large"],
  },
  "linux/arm64": {
    amiType: "AL2023_ARM_64_STANDARD",
    "on-demand": ["m7g.large"],
    spot: ["m7g.large", "m6g.large", "m8g.large"],
  },
} as const satisfies Record<ImagePlatform, object>;
/** What EC2 makes for each node; nothing else gives it tags. */
const MADE_WITH_A_NODE = ["instance", "volume", "network-interface"] as const;
const SCALING = { minSize: 1, desiredSize: 3, maxSize: 3 };

/** Nodes in groups instead of those that EKS runs itself: encrypted disks, no way from a pod to the node's credentials. */
export function nodeGroups(
  cluster: string,
  { version, platform, subnetIds, tags }: NodeParts,
  opts: CustomResourceOptions,
): Resource[] {
  const role = new Role(
    `${cluster}-node`,
    { assumeRolePolicy: trustPolicy("ec2.amazonaws.com"), description: "Nodes of the cluster" },
    opts,
  );
  const attached = POLICIES.map(
    (policy) =>
      new RolePolicyAttachment(
        `${cluster}-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        opts,
      ),
  );
  const template = new LaunchTemplate(
    `${cluster}-node`,
    {
      name: `${cluster}-node`,
      updateDefaultVersion: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: 50, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: MADE_WITH_A_NODE.map((resourceType) => ({
        resourceType,
        tags: { ...tags, Name: `${cluster}-node` },
      })),
    },
    opts,
  );
  return GROUPS.map(
    ({ kind, capacityType }) =>
      new NodeGroup(
        `${cluster}-${kind}`,
        {
          // Without a name of our own: other machines are another group, which must be there before this one goes.
          clusterName: cluster,
          nodeRoleArn: role.arn,
          subnetIds: [...subnetIds],
          version,
          amiType: MACHINES[platform].amiType,
          capacityType,
          instanceTypes: [...MACHINES[platform][kind]],
          scalingConfig: SCALING,
          updateConfig: { maxUnavailable: 1 },
          launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
          labels: { "slipway.dev/capacity": kind },
          // Only what tolerates a lost node goes to spot.
          ...(kind === "spot" ? { taints: [{ key: "slipway.dev/spot", value: "true", effect: "NO_SCHEDULE" }] } : {}),
        },
        {
          ...opts,
          dependsOn: [...attached, ...([opts.dependsOn ?? []].flat() as Resource[])],
          ignoreChanges: ["scalingConfig.desiredSize"],
        },
      ),
  );
}
