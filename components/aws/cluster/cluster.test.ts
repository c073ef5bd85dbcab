import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";
import { allows } from "../../../test/iam-evaluation.ts";

const [PRIVATE, PUBLIC] = [
  "subnet-0a1b2c3d4e5f60710,subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60712",
  "subnet-0b1b2c3d4e5f60710,subnet-0b1b2c3d4e5f60711,subnet-0b1b2c3d4e5f60712",
];
const THEIR_NETWORK = {
  "slipway:vpcId": "vpc-0123456789abcdef0",
  "slipway:vpcCidr": "10.8.0.0/16",
  "slipway:privateSubnets": PRIVATE,
  "slipway:publicSubnets": PUBLIC,
};
const TAGS = { system: "shared", stage: "prod", owner: "platform-team", cost: "cc-1", "managed-by": "slipway" };

describe("cluster on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("keeps the cluster private, its secrets encrypted and all its logs", () => {
    const {
      endpointPrivateAccess,
      endpointPublicAccess,
      encryptionConfigKeyArn,
      enabledClusterLogTypes,
      autoMode,
      authenticationMode,
      deletionProtection,
    } = shop.only("eks:index:Cluster");
    assert.deepEqual(
      [endpointPrivateAccess, endpointPublicAccess, authenticationMode, deletionProtection],
      [true, false, "API", true],
    );
    assert.equal(encryptionConfigKeyArn, "arn:aws:kms:slipway-prod");
    assert.equal((enabledClusterLogTypes as unknown[]).length, 5);
    assert.equal((autoMode as { enabled: boolean }).enabled, true);
    const storage = shop.only("kubernetes:storage.k8s.io/v1:StorageClass");
    assert.deepEqual(
      [
        storage["volumeBindingMode"],
        storage["reclaimPolicy"],
        (storage["parameters"] as { encrypted: string }).encrypted,
      ],
      ["WaitForFirstConsumer", "Retain", "true"],
    );
  });

  it("lets who is in the network reach the private API server, which EKS opens to nodes only", () => {
    const [rule] = shop
      .of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter(({ name }) => name === "slipway-prod-api");
    const { securityGroupId, cidrIpv4, toPort } = inputs(rule);
    assert.deepEqual([securityGroupId, cidrIpv4, toPort], ["sg-cluster", "10.0.0.0/16", 443]);
  });

  it("opens the API server to named networks only, when asked", async () => {
    const opened = (await awsGraph({ "slipway:publicCidrs": "18.184.0.0/24" })).only("eks:index:Cluster");
    assert.deepEqual([opened["endpointPublicAccess"], opened["publicAccessCidrs"]], [true, ["18.184.0.0/24"]]);
  });

  it("uses somebody else's network and cluster where there are", async () => {
    const existing = await awsGraph(THEIR_NETWORK);
    assert.equal(existing.of("aws:ec2/vpc:Vpc").length, 0);
    assert.deepEqual(existing.only("eks:index:Cluster")["privateSubnetIds"], PRIVATE.split(","));
    assert.deepEqual(existing.only("aws:lb/loadBalancer:LoadBalancer")["subnets"], PUBLIC.split(","));
  });

  it("puts systems into somebody else's cluster as it is: its region, its nodes", async () => {
    const theirs = await awsGraph({
      ...THEIR_NETWORK,
      "slipway:existingCluster": "theirs",
      "slipway:compute": "node-groups",
    });
    assert.equal(theirs.of("eks:index:Cluster").length, 0);
    assert.match(
      String(theirs.only("pulumi:providers:kubernetes")["kubeconfig"]),
      /"--cluster-name","theirs","--region","eu-central-1"/,
    );
    for (const association of theirs.of("aws:eks/podIdentityAssociation:PodIdentityAssociation"))
      assert.equal(inputs(association)["clusterName"], "theirs");
    assert.match(JSON.stringify(theirs.of("kubernetes:core/v1:Namespace")), /elbv2.k8s.aws\/pod-readiness-gate-inject/);
  });

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

  it("enforces network policies, which Auto Mode leaves off by itself", () => {
    const map = shop.of("kubernetes:core/v1:ConfigMap").find(({ name }) => name === "slipway-prod-network-policy");
    assert.deepEqual(inputs(map)["data"], { "enable-network-policy-controller": "true" });
  });

  it("has the service addresses that network policies reckon with, and is moved on before support gets dear", () => {
    const { kubernetesServiceIpAddressRange, upgradePolicy } = shop.only("eks:index:Cluster");
    assert.deepEqual([kubernetesServiceIpAddressRange, upgradePolicy], ["172.20.0.0/16", { supportType: "STANDARD" }]);
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

  it("lets the named roles administer the cluster, and nobody else", async () => {
    assert.deepEqual(shop.only("eks:index:Cluster")["accessEntries"], {});
    const principalArn = "arn:aws:iam::111122223333:role/team/Admin";
    const { accessEntries } = (await awsGraph({ "slipway:adminRoles": principalArn })).only("eks:index:Cluster");
    assert.deepEqual(accessEntries, {
      "admin-Admin": {
        principalArn,
        accessPolicies: {
          admin: {
            policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
            accessScope: { type: "cluster" },
          },
        },
      },
    });
  });

  it("tags machines and disks that EKS makes for Auto Mode, and lets it do so", () => {
    assert.deepEqual((shop.only("kubernetes:eks.amazonaws.com/v1:NodeClass")["spec"] as { tags: object }).tags, TAGS);
    const { role, policy } = inputs(
      shop.of("aws:iam/rolePolicy:RolePolicy").find(({ name }) => name === "slipway-prod-tagging"),
    );
    assert.equal(role, "slipway-prod", "the cluster's own role");
    for (const action of [
      "ec2:RunInstances",
      "ec2:CreateFleet",
      "ec2:CreateLaunchTemplate",
      "ec2:CreateVolume",
      "ec2:CreateNetworkInterface",
    ]) {
      assert.ok(allows(String(policy), action, "arn:aws:ec2:eu-central-1:111122223333:volume/vol-1"), action);
    }
    for (const { Condition } of (JSON.parse(String(policy)) as { Statement: { Condition: { StringEquals: object } }[] })
      .Statement) {
      assert.deepEqual(Condition.StringEquals, {
        "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}",
      });
    }
  });

  it("tags the security group that EKS makes", () => {
    assert.deepEqual(
      shop
        .of("aws:ec2/tag:Tag")
        .map(inputs)
        .map(({ resourceId, key, value }) => [resourceId, key, value])
        .toSorted(),
      Object.entries(TAGS)
        .map(([key, value]) => ["sg-cluster", key, value])
        .toSorted(),
    );
  });

  it("tags the volumes of claims, whoever makes the nodes", async () => {
    const [auto, groups] = [
      shop.only("kubernetes:storage.k8s.io/v1:StorageClass"),
      (await awsGraph({ "slipway:compute": "node-groups" })).only("kubernetes:storage.k8s.io/v1:StorageClass"),
    ];
    assert.deepEqual([auto["provisioner"], groups["provisioner"]], ["ebs.csi.eks.amazonaws.com", "ebs.csi.aws.com"]);
    for (const { parameters } of [auto, groups])
      assert.deepEqual(
        Object.entries(parameters as object)
          .filter(([key]) => key.startsWith("tagSpecification_"))
          .map(([, tag]) => String(tag)),
        Object.entries(TAGS).map(([key, value]) => `${key}=${value}`),
      );
  });

  it("tags machines, disks and network interfaces of node groups", async () => {
    const made = await awsGraph({ "slipway:compute": "node-groups" });
    const { configurationValues } =
      made
        .of("aws:eks/addon:Addon")
        .map(inputs)
        .find(({ addonName }) => addonName === "vpc-cni") ?? {};
    const { enableNetworkPolicy, env } = JSON.parse(String(configurationValues)) as {
      enableNetworkPolicy: string;
      env: { ADDITIONAL_ENI_TAGS: string };
    };
    assert.deepEqual([enableNetworkPolicy, JSON.parse(env.ADDITIONAL_ENI_TAGS)], ["true", TAGS]);
    const specifications = made.only("aws:ec2/launchTemplate:LaunchTemplate")["tagSpecifications"] as unknown as {
      resourceType: string;
      tags: object;
    }[];
    assert.deepEqual(
      specifications.map(({ resourceType }) => resourceType),
      ["instance", "volume", "network-interface"],
    );
    for (const { tags } of specifications) assert.deepEqual(tags, { ...TAGS, Name: "slipway-prod-node" });
  });
});
