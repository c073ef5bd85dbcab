import { NodeGroup, type NodeGroupArgs } from "@pulumi/aws/eks/nodeGroup.js";
import { LaunchTemplate, type LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { NodeParts } from "./node-parts.ts";
import { nodeRole } from "./node-role.ts";
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
export function nodeGroups(cluster: string, parts: NodeParts, opts: CustomResourceOptions): Resource[] {
  const { role, attached } = nodeRole(cluster, POLICIES, opts);
  const template = new LaunchTemplate(`${cluster}-node`, machine(cluster, parts), opts);
  return GROUPS.map(
    (group) =>
      new NodeGroup(
        `${cluster}-${group.kind}`,
        {
          ...machinesOf(group, parts),
          // Without a name of our own: other machines are another group, which must be there before this one goes.
          clusterName: cluster,
          nodeRoleArn: role.arn,
          launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        },
        {
          ...opts,
          dependsOn: [...attached, ...([opts.dependsOn ?? []].flat() as Resource[])],
          ignoreChanges: ["scalingConfig.desiredSize"],
        },
      ),
  );
}

function machine(cluster: string, { tags }: NodeParts): LaunchTemplateArgs {
  const Name = `${cluster}-node`;
  return {
    name: Name,
    updateDefaultVersion: true,
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeSize: 50, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    tagSpecifications: MADE_WITH_A_NODE.map((resourceType) => ({ resourceType, tags: { ...tags, Name } })),
  };
}

function machinesOf(
  { kind, capacityType }: (typeof GROUPS)[number],
  { version, platform, subnetIds }: NodeParts,
): Omit<NodeGroupArgs, "clusterName" | "nodeRoleArn"> {
  return {
    subnetIds: [...subnetIds],
    version,
    amiType: MACHINES[platform].amiType,
    capacityType,
    instanceTypes: [...MACHINES[platform][kind]],
    scalingConfig: SCALING,
    updateConfig: { maxUnavailable: 1 },
    labels: { "slipway.dev/capacity": kind },
    // Only what tolerates a lost node goes to spot.
    ...(kind === "spot" ? { taints: [{ key: "slipway.dev/spot", value: "true", effect: "NO_SCHEDULE" }] } : {}),
  };
}
