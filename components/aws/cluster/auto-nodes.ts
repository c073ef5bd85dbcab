import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { type CustomResourceOptions, output, type Resource } from "@pulumi/pulumi";
import { LABEL } from "../../../model/names.ts";
import type { NodeParts } from "./node-parts.ts";
import { policyDocument, type Statement, trustPolicy } from "../account/policy-document.ts";

/** What a node of Auto Mode may do: join and pull images. */
const POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];
const JOIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy";
/** Name of the class and of the pool; "default", "system" and "general-purpose" are EKS's. */
const NAME = "slipway";

/**
 * Nodes that EKS runs itself, of a class and a pool of our own: those it brings cannot be given tags, and their machines
 * are of one kind of processor. Otherwise the pool is as EKS's own `general-purpose`.
 */
export function autoNodes(
  cluster: string,
  parts: NodeParts,
  inside: CustomResourceOptions,
  outside: CustomResourceOptions,
): Resource[] {
  const { platform, subnetIds, securityGroupId, clusterRoleArn, tags } = parts;
  const role = new Role(
    `${cluster}-node`,
    { assumeRolePolicy: trustPolicy("ec2.amazonaws.com"), description: "Nodes of the cluster" },
    outside,
  );
  const attached = POLICIES.map(
    (policy) =>
      new RolePolicyAttachment(
        `${cluster}-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        outside,
      ),
  );
  const entry = new AccessEntry(
    `${cluster}-node`,
    { clusterName: cluster, principalArn: role.arn, type: "EC2" },
    outside,
  );
  const joining = new AccessPolicyAssociation(
    `${cluster}-node`,
    { clusterName: cluster, principalArn: entry.principalArn, policyArn: JOIN, accessScope: { type: "cluster" } },
    outside,
  );
  const clusterRole = output(clusterRoleArn).apply((arn) => arn.split("/").at(-1) ?? "");
  const tagging = new RolePolicy(`${cluster}-tagging`, { role: clusterRole, policy: policyDocument(TAGGING) }, outside);

  const metadata = { name: NAME, labels: { [LABEL.name]: NAME, [LABEL.managedBy]: "slipway" } };
  const nodeClass = new CustomResource(
    `${cluster}-nodes`,
    {
      apiVersion: "eks.amazonaws.com/v1",
      kind: "NodeClass",
      metadata,
      spec: {
        role: role.name,
        subnetSelectorTerms: subnetIds.map((id) => ({ id })),
        securityGroupSelectorTerms: [{ id: securityGroupId }],
        tags,
      },
    },
    { ...inside, dependsOn: [...attached, joining, tagging] },
  );
  const pool = new CustomResource(
    `${cluster}-pool`,
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata,
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: NAME },
            requirements: requirements(platform),
            expireAfter: "336h",
            terminationGracePeriod: "24h0m0s",
          },
        },
        disruption: {
          consolidationPolicy: "WhenEmptyOrUnderutilized",
          consolidateAfter: "30s",
          budgets: [{ nodes: "10%" }],
        },
      },
    },
    { ...inside, dependsOn: nodeClass },
  );
  return [pool];
}

function requirements(platform: NodeParts["platform"]): { key: string; operator: "In" | "Gt"; values: string[] }[] {
  return [
    { key: "kubernetes.io/arch", operator: "In", values: [platform.replace("linux/", "")] },
    { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
    { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
    { key: "eks.amazonaws.com/instance-category", operator: "In", values: ["c", "m", "r"] },
    { key: "eks.amazonaws.com/instance-generation", operator: "Gt", values: ["4"] },
  ];
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
