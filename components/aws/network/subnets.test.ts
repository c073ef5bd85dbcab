import assert from "node:assert/strict";
import { awsAnswers } from "../../../test/aws-answers.ts";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

describe("zones of the network", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("spreads over three zones, nodes and stores in private subnets only", () => {
    const subnets = shop.of("aws:ec2/subnet:Subnet").map(inputs);
    assert.equal(new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size, 3);
    assert.equal(subnets.filter(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch).length, 0);
    assert.deepEqual(subnets.map(({ cidrBlock }) => String(cidrBlock)).toSorted(), [
      "10.0.0.0/20",
      "10.0.16.0/20",
      "10.0.240.0/24",
      "10.0.241.0/24",
      "10.0.242.0/24",
      "10.0.32.0/20",
    ]);
    assert.equal(shop.of("aws:ec2/natGateway:NatGateway").length, 3);
    const endpoints = shop
      .of("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(inputs)
      .map(({ serviceName }) => String(serviceName).replace("com.amazonaws.eu-central-1.", ""));
    assert.deepEqual(endpoints.toSorted(), ["ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "sts"]);
    assert.equal(shop.of("aws:ec2/flowLog:FlowLog").length, 1);
  });

  it("uses whole zones in which EKS has a control plane, no Local Zone", async () => {
    let asked: Readonly<Record<string, unknown>> = {};
    await awsGraph({}, (type, name, given) => {
      if (type.endsWith(":getAvailabilityZones")) asked = given;
      return awsAnswers(type, name, given);
    });
    assert.deepEqual(asked["filters"], [{ name: "opt-in-status", values: ["opt-in-not-required"] }]);
    assert.ok(
      (asked["excludeZoneIds"] as string[]).includes("use1-az3"),
      "the first zones of an account in us-east-1 may be that one",
    );
  });

  it("spreads over two zones behind one shared gateway where that is enough", async () => {
    const small = await awsGraph({ "slipway:zones": "2", "slipway:nat": "shared", "slipway:brokers": "4" });
    assert.equal(small.of("aws:ec2/subnet:Subnet").length, 4);
    assert.equal(small.of("aws:ec2/natGateway:NatGateway").length, 1);
    const ways = small
      .of("aws:ec2/route:Route")
      .map(inputs)
      .filter(({ natGatewayId }) => natGatewayId !== undefined);
    assert.deepEqual(
      ways.map(({ natGatewayId }) => natGatewayId),
      ["slipway-prod-1-id", "slipway-prod-1-id"],
      "each zone has its way out",
    );
    const { numberOfBrokerNodes, brokerNodeGroupInfo } = small.only("aws:msk/cluster:Cluster");
    assert.deepEqual(
      [numberOfBrokerNodes, (brokerNodeGroupInfo as { clientSubnets: string[] }).clientSubnets.length],
      [4, 2],
    );
  });
});
