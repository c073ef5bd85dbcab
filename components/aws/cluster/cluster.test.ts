import assert from "node:assert/strict";
import { THEIR_NETWORK } from "../../../test/aws-account.ts";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

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
    assert.deepEqual(
      existing.only("eks:index:Cluster")["privateSubnetIds"],
      THEIR_NETWORK["slipway:privateSubnets"].split(","),
    );
    assert.deepEqual(
      existing.only("aws:lb/loadBalancer:LoadBalancer")["subnets"],
      THEIR_NETWORK["slipway:publicSubnets"].split(","),
    );
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

  it("enforces network policies, which Auto Mode leaves off by itself", () => {
    const map = shop.of("kubernetes:core/v1:ConfigMap").find(({ name }) => name === "slipway-prod-network-policy");
    assert.deepEqual(inputs(map)["data"], { "enable-network-policy-controller": "true" });
  });

  it("has the service addresses that network policies reckon with, and is moved on before support gets dear", () => {
    const { kubernetesServiceIpAddressRange, upgradePolicy } = shop.only("eks:index:Cluster");
    assert.deepEqual([kubernetesServiceIpAddressRange, upgradePolicy], ["172.20.0.0/16", { supportType: "STANDARD" }]);
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
});
