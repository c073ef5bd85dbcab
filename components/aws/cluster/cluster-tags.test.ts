import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";
import { allows } from "../../../test/iam-evaluation.ts";

const TAGS = { system: "shared", stage: "prod", owner: "platform-team", cost: "cc-1", "managed-by": "slipway" };

describe("tags of what the cluster makes", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

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
      const may = (cluster: string): boolean =>
        allows(String(policy), action, "arn:aws:ec2:eu-central-1:111122223333:volume/vol-1", {
          "aws:PrincipalTag/eks:eks-cluster-name": "slipway-prod",
          "aws:RequestTag/eks:eks-cluster-name": cluster,
          "aws:RequestTag/eks:kubernetes-node-class-name": "slipway",
          "aws:RequestTag/eks:kubernetes-node-pool-name": "slipway",
          "aws:RequestTag/eks:kubernetes-cni-node-name": "node",
        });
      assert.deepEqual([may("slipway-prod"), may("somebody-elses")], [true, false], action);
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
