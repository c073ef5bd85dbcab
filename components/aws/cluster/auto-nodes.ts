import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import type { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { type CustomResourceOptions, output, type Resource } from "@pulumi/pulumi";
import { nodeClass, nodePool } from "./auto-node-manifests.ts";
import type { NodeParts } from "./node-parts.ts";
import { nodeRole } from "./node-role.ts";
import { policyDocument, type Statement } from "../account/policy-document.ts";

/** What a node of Auto Mode may do: join and pull images. */
const POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];
const JOIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy";

/**
 * Nodes that EKS runs itself, of a class and a pool of our own: those it brings cannot be given tags, and their machines
 * are of one kind of processor.
 */
export function autoNodes(
  cluster: string,
  parts: NodeParts,
  inside: CustomResourceOptions,
  outside: CustomResourceOptions,
): Resource[] {
  const { role, attached } = nodeRole(cluster, POLICIES, outside);
  const joining = mayJoin(cluster, role, outside);
  const clusterRole = output(parts.clusterRoleArn).apply((arn) => arn.split("/").at(-1) ?? "");
  const tagging = new RolePolicy(`${cluster}-tagging`, { role: clusterRole, policy: policyDocument(TAGGING) }, outside);
  const kind = new CustomResource(`${cluster}-nodes`, nodeClass(parts, role.name), {
    ...inside,
    dependsOn: [...attached, joining, tagging],
  });
  return [new CustomResource(`${cluster}-pool`, nodePool(parts), { ...inside, dependsOn: kind })];
}

function mayJoin(cluster: string, role: Role, opts: CustomResourceOptions): Resource {
  const entry = new AccessEntry(`${cluster}-node`, { clusterName: cluster, principalArn: role.arn, type: "EC2" }, opts);
  return new AccessPolicyAssociation(
    `${cluster}-node`,
    { clusterName: cluster, principalArn: entry.principalArn, policyArn: JOIN, accessScope: { type: "cluster" } },
    opts,
  );
}

const OF_THIS_CLUSTER = { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" };

/**
 * What the managed policies of Auto Mode leave out: they refuse every tag that is not EKS's own, and with it the machine
 * or the disk. As AWS documents it ("Custom AWS tags for EKS Auto resources").
 */
const TAGGING: readonly Statement[] = [
  {
    Sid: "Compute",
    Effect: "Allow",
    Action: ["ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateLaunchTemplate"],
    Resource: ["*"],
    Condition: {
      StringEquals: OF_THIS_CLUSTER,
      StringLike: {
        "aws:RequestTag/eks:kubernetes-node-class-name": "*",
        "aws:RequestTag/eks:kubernetes-node-pool-name": "*",
      },
    },
  },
  {
    Sid: "Storage",
    Effect: "Allow",
    Action: ["ec2:CreateVolume", "ec2:CreateSnapshot"],
    Resource: ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:snapshot/*"],
    Condition: { StringEquals: OF_THIS_CLUSTER },
  },
  {
    Sid: "Networking",
    Effect: "Allow",
    Action: ["ec2:CreateNetworkInterface"],
    Resource: ["*"],
    Condition: { StringEquals: OF_THIS_CLUSTER, StringLike: { "aws:RequestTag/eks:kubernetes-cni-node-name": "*" } },
  },
];
