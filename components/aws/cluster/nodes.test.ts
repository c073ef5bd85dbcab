import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

describe("nodes on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("runs node groups where asked: on-demand always, spot beside it and only for what tolerates it", async () => {
    const made = await awsGraph({ "slipway:compute": "node-groups" });
    const groups = made.of("aws:eks/nodeGroup:NodeGroup").map(inputs);
    assert.deepEqual(groups.map(({ capacityType }) => capacityType).toSorted(), ["ON_DEMAND", "SPOT"]);
    for (const { scalingConfig } of groups) assert.deepEqual(scalingConfig, { minSize: 1, desiredSize: 3, maxSize: 3 });
    assert.equal(
      (groups.find(({ capacityType }) => capacityType === "SPOT")?.["taints"] as unknown as unknown[]).length,
      1,
    );
    assert.deepEqual(
      groups.map(({ amiType }) => amiType),
      ["AL2023_x86_64_STANDARD", "AL2023_x86_64_STANDARD"],
    );
    const driver = made
      .of("aws:eks/addon:Addon")
      .map(inputs)
      .find(({ addonName }) => addonName === "aws-ebs-csi-driver");
    assert.equal(
      (driver?.["podIdentityAssociations"] as unknown as { serviceAccount: string }[])[0]?.serviceAccount,
      "ebs-csi-controller-sa",
      "no pod could have a volume",
    );
  });

  it("keeps pods away from the credentials of a node", async () => {
    const { metadataOptions } = (await awsGraph({ "slipway:compute": "node-groups" })).only(
      "aws:ec2/launchTemplate:LaunchTemplate",
    );
    assert.deepEqual(metadataOptions, { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 });
  });

  it("leaves to node groups what @pulumi/eks would make a second time", async () => {
    const made = await awsGraph({ "slipway:compute": "node-groups" });
    const {
      useDefaultVpcCni,
      kubeProxyAddonOptions,
      skipDefaultNodeGroup,
      skipDefaultSecurityGroups,
      createInstanceRole,
      autoMode,
    } = made.only("eks:index:Cluster");
    const { enabled } = kubeProxyAddonOptions as { enabled: boolean };
    assert.deepEqual(
      [useDefaultVpcCni, enabled, skipDefaultNodeGroup, skipDefaultSecurityGroups, createInstanceRole, autoMode],
      [true, false, true, true, false, undefined],
    );
    const addons = made
      .of("aws:eks/addon:Addon")
      .map(inputs)
      .map(({ addonName }) => String(addonName));
    assert.deepEqual(addons.toSorted(), [
      "aws-ebs-csi-driver",
      "coredns",
      "eks-pod-identity-agent",
      "kube-proxy",
      "metrics-server",
      "vpc-cni",
    ]);
  });

  it("has machines that the images were built for", async () => {
    const arm = { "slipway:imagePlatforms": "linux/arm64,linux/amd64" };
    const groups = (await awsGraph({ ...arm, "slipway:compute": "node-groups" }))
      .of("aws:eks/nodeGroup:NodeGroup")
      .map(inputs);
    assert.deepEqual(
      groups.map(({ amiType }) => amiType),
      ["AL2023_ARM_64_STANDARD", "AL2023_ARM_64_STANDARD"],
    );
    const pool = JSON.stringify((await awsGraph(arm)).only("kubernetes:karpenter.sh/v1:NodePool"));
    assert.ok(pool.includes('{"key":"kubernetes.io/arch","operator":"In","values":["arm64"]}'), pool);
  });

  it("lets nodes of Auto Mode join by a role of their own, from a pool whose class is ours", () => {
    const role = shop.only("aws:eks/accessEntry:AccessEntry")["principalArn"];
    const { principalArn, policyArn } = shop.only("aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
    assert.deepEqual(
      [role, principalArn, policyArn],
      [
        "slipway-prod-node-id",
        "slipway-prod-node-id",
        "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy",
      ],
    );
    const {
      role: roleName,
      securityGroupSelectorTerms,
      subnetSelectorTerms,
    } = shop.only("kubernetes:eks.amazonaws.com/v1:NodeClass")["spec"] as {
      role: string;
      securityGroupSelectorTerms: object[];
      subnetSelectorTerms: object[];
    };
    assert.deepEqual(
      [roleName, securityGroupSelectorTerms, subnetSelectorTerms.length],
      ["slipway-prod-node", [{ id: "sg-cluster" }], 3],
    );
    const { autoMode, corednsAddonOptions, createInstanceRole } = shop.only("eks:index:Cluster");
    assert.deepEqual(
      autoMode,
      { enabled: true, createNodeRole: false, computeConfig: { nodePools: [] } },
      "EKS refuses a role without pools and a pool without a role",
    );
    assert.deepEqual(
      [(corednsAddonOptions as { enabled: boolean }).enabled, createInstanceRole],
      [false, false],
      "@pulumi/eks would wait for its CoreDNS before there are nodes",
    );
    const metrics = shop.of("aws:eks/addon:Addon").find(({ name }) => name === "slipway-prod-metrics-server");
    assert.ok(
      metrics?.dependsOn?.includes("kubernetes:karpenter.sh/v1:NodePool slipway-prod-pool"),
      "it would wait for nodes that nobody makes",
    );
  });
});
