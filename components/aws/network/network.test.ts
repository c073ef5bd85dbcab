import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

describe("network on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("tells load balancers which subnets are theirs", () => {
    for (const subnet of shop.of("aws:ec2/subnet:Subnet")) {
      const tags = inputs(subnet)["tags"] as Record<string, string>;
      assert.equal(
        tags[subnet.name.includes("-public-") ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb"],
        "1",
        subnet.name,
      );
    }
  });

  it("goes out of each zone by that zone's own gateway, so that the loss of one stops no other", () => {
    const out = shop
      .of("aws:ec2/route:Route")
      .filter(({ name }) => name.includes("-private-"))
      .map(({ name, inputs: declared }) => [name, (declared as { natGatewayId: string }).natGatewayId]);
    assert.deepEqual(
      out,
      [1, 2, 3].map((zone) => [`slipway-prod-private-${zone}`, `slipway-prod-${zone}-id`]),
    );
    const where = shop
      .of("aws:ec2/natGateway:NatGateway")
      .map(({ name, inputs: declared }) => [name, (declared as { subnetId: string }).subnetId]);
    assert.deepEqual(
      where,
      [1, 2, 3].map((zone) => [`slipway-prod-${zone}`, `slipway-prod-public-${zone}-id`]),
    );
  });

  it("finds the services of AWS by their usual names, inside", () => {
    for (const { serviceName, vpcEndpointType, privateDnsEnabled, subnetIds, routeTableIds } of shop
      .of("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(inputs)) {
      if (vpcEndpointType === "Gateway") assert.equal((routeTableIds as string[]).length, 3, String(serviceName));
      else assert.deepEqual([privateDnsEnabled, (subnetIds as string[]).length], [true, 3], String(serviceName));
    }
  });

  it("writes down every connection, refused or not", () => {
    const { trafficType, logDestination } = shop.only("aws:ec2/flowLog:FlowLog");
    assert.deepEqual([trafficType, logDestination], ["ALL", "slipway-prod-flow-id"]);
  });
});
