import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../test/aws-graph.ts";

const OF_OURS = ["slipway-prod-private-1-id", "slipway-prod-private-2-id", "slipway-prod-private-3-id"];
const OF_THEIRS = ["subnet-0a1b2c3d4e5f60710", "subnet-0a1b2c3d4e5f60711"];
const THEIR_NETWORK = {
  "slipway:vpcId": "vpc-0123456789abcdef0",
  "slipway:vpcCidr": "10.8.0.0/16",
  "slipway:brokers": "4",
  "slipway:privateSubnets": OF_THEIRS.join(","),
  "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710,subnet-0b1b2c3d4e5f60711",
};

/** What holds for one way of building it has to hold for each. */
const WAYS: readonly [way: string, config: Record<string, string>, privateSubnets: readonly string[]][] = [
  ["as it comes", {}, OF_OURS],
  ["with node groups", { "slipway:compute": "node-groups" }, OF_OURS],
  [
    "with a server for each service",
    { "slipway:databasePer": "service", "slipway:databaseMaster": "generated" },
    OF_OURS,
  ],
  [
    "with a firewall and what else may be added",
    {
      "slipway:firewall": "on",
      "slipway:imageScanning": "enhanced",
      "slipway:publicCidrs": "18.184.0.0/24",
      "slipway:imagePlatforms": "linux/arm64",
    },
    OF_OURS,
  ],
  [
    "in two zones behind one gateway",
    { "slipway:zones": "2", "slipway:nat": "shared", "slipway:brokers": "4" },
    OF_OURS.slice(0, 2),
  ],
  ["in somebody else's network", THEIR_NETWORK, OF_THEIRS],
  ["in somebody else's cluster", { ...THEIR_NETWORK, "slipway:existingCluster": "theirs" }, OF_THEIRS],
];

interface Peer {
  readonly ipBlock?: { readonly cidr: string };
  readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}
type Inputs = Readonly<Record<string, unknown>>;

/** Where a resource that keeps something says with which key, or that it does; one that is not here keeps nothing. */
const AT_REST: Readonly<Record<string, (declared: Inputs) => readonly unknown[]>> = {
  "aws:rds/instance:Instance": ({ storageEncrypted, kmsKeyId, performanceInsightsKmsKeyId }) => [
    storageEncrypted,
    kmsKeyId,
    performanceInsightsKmsKeyId,
  ],
  "aws:msk/cluster:Cluster": ({ encryptionInfo }) => [
    (encryptionInfo as { encryptionAtRestKmsKeyArn?: string }).encryptionAtRestKmsKeyArn,
  ],
  "aws:cloudwatch/logGroup:LogGroup": ({ kmsKeyId }) => [kmsKeyId],
  "aws:sns/topic:Topic": ({ kmsMasterKeyId }) => [kmsMasterKeyId],
  "aws:ecr/repository:Repository": ({ encryptionConfigurations }) => [
    (encryptionConfigurations as { kmsKey?: string }[])[0]?.kmsKey,
  ],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ({ rules }) => [
    (rules as object[])[0],
  ],
  "aws:kms/key:Key": ({ enableKeyRotation }) => [enableKeyRotation],
  "eks:index:Cluster": ({ encryptionConfigKeyArn }) => [encryptionConfigKeyArn],
  "kubernetes:storage.k8s.io/v1:StorageClass": ({ parameters }) => [
    (parameters as { encrypted?: string }).encrypted === "true",
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": ({ blockDeviceMappings }) =>
    (blockDeviceMappings as { ebs: { encrypted?: string } }[]).map(({ ebs }) => ebs.encrypted === "true"),
};

/** Subnets of everything that nobody outside may reach. */
const INSIDE: Readonly<Record<string, (declared: Inputs) => unknown>> = {
  "aws:rds/subnetGroup:SubnetGroup": ({ subnetIds }) => subnetIds,
  "aws:msk/cluster:Cluster": ({ brokerNodeGroupInfo }) =>
    (brokerNodeGroupInfo as { clientSubnets: string[] }).clientSubnets,
  "eks:index:Cluster": ({ privateSubnetIds, publicSubnetIds }) => [
    ...(privateSubnetIds as string[]),
    ...(publicSubnetIds as string[]),
  ],
  "aws:eks/nodeGroup:NodeGroup": ({ subnetIds }) => subnetIds,
  "kubernetes:eks.amazonaws.com/v1:NodeClass": ({ spec }) =>
    (spec as { subnetSelectorTerms: { id: string }[] }).subnetSelectorTerms.map(({ id }) => id),
};

for (const [way, config, privateSubnets] of WAYS) {
  describe(`AWS ${way}`, function () {
    this.timeout(30_000);
    let shop: AwsGraph;
    before(async () => void (shop = await awsGraph(config)));

    it("keeps nothing unencrypted", () => {
      for (const [type, keys] of Object.entries(AT_REST)) {
        for (const resource of shop.of(type))
          for (const key of keys(inputs(resource))) assert.ok(key, `${type} ${resource.name}`);
      }
      assert.ok(shop.of("aws:rds/instance:Instance").length > 0 && shop.of("aws:msk/cluster:Cluster").length > 0);
    });

    it("lets the internet in at the load balancer and nowhere else", () => {
      const rules = shop.of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      const open = rules.filter(
        (rule) =>
          inputs(rule)["referencedSecurityGroupId"] === undefined &&
          !["10.0.0.0/16", "10.8.0.0/16"].includes(String(inputs(rule)["cidrIpv4"])),
      );
      assert.deepEqual(
        open
          .map((rule) => [inputs(rule)["securityGroupId"], inputs(rule)["fromPort"], inputs(rule)["toPort"]])
          .toSorted(),
        [
          ["slipway-prod-id", 443, 443],
          ["slipway-prod-id", 80, 80],
        ],
      );
      for (const { publiclyAccessible } of shop.of("aws:rds/instance:Instance").map(inputs))
        assert.equal(publiclyAccessible, false);
      assert.match(JSON.stringify(shop.only("aws:msk/cluster:Cluster")), /"publicAccess":\{"type":"DISABLED"\}/);
      assert.deepEqual(
        shop.of("aws:lb/loadBalancer:LoadBalancer").map(({ name }) => name),
        ["slipway-prod"],
      );
      assert.deepEqual(
        shop.all.filter(
          ({ type, inputs: declared }) =>
            type === "kubernetes:core/v1:Service" && JSON.stringify(declared).includes("LoadBalancer"),
        ),
        [],
      );
    });

    it("believes the load balancer alone about who a client is, and lets nobody else but the probe ask a gateway", () => {
      const [zones, theirs] = [new Set(privateSubnets).size, way.startsWith("in somebody else's")];
      const balancer = theirs
        ? ["10.8.250.0/24", "10.8.251.0/24"]
        : ["10.0.240.0/24", "10.0.241.0/24", "10.0.242.0/24"].slice(0, zones);
      const pods = JSON.stringify(shop.of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-gateway"));
      assert.match(pods, new RegExp(`forwardedheaders\\.trustedips=${balancer.join(",")}"`));
      const policy = shop
        .of("kubernetes:networking.k8s.io/v1:NetworkPolicy")
        .find(({ name }) => name === "shop-gateway");
      const { ingress } = inputs(policy)["spec"] as { ingress: { from: Peer[]; ports: { port: number }[] }[] };
      const clients = ingress
        .filter(({ ports }) => ports.some(({ port }) => port === 8000))
        .flatMap(({ from }) => from);
      assert.deepEqual(
        clients.map(({ ipBlock, podSelector }) => ipBlock?.cidr ?? podSelector?.matchLabels["app.kubernetes.io/name"]),
        [...balancer, "blackbox-exporter"],
      );
    });

    it("puts what runs and what holds data into private subnets", () => {
      for (const [type, subnets] of Object.entries(INSIDE))
        for (const resource of shop.of(type))
          assert.deepEqual(subnets(inputs(resource)), privateSubnets, `${type} ${resource.name}`);
    });

    it("lets only the cluster connect to databases and brokers", () => {
      const cluster = way === "in somebody else's cluster" ? "sg-theirs" : "sg-cluster";
      const doors = shop
        .of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .map(inputs)
        .filter(({ securityGroupId }) =>
          ["slipway-shop-id", "slipway-prod-kafka-id"].includes(String(securityGroupId)),
        );
      assert.deepEqual(
        doors.map(({ referencedSecurityGroupId, fromPort, toPort }) => [referencedSecurityGroupId, fromPort, toPort]),
        [
          [cluster, 11001, 11001],
          [cluster, 11002, 11002],
          [cluster, 9098, 9098],
          [cluster, 3306, 3306],
        ],
      );
    });
  });
}
