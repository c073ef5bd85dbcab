import assert from "node:assert/strict";
import { awsGraph, inputs, type AwsGraph } from "../../../test/aws-graph.ts";

/** Blocks of the addresses that the policy of a name lets pods go to. */
function blocks({ of }: AwsGraph, name: string): string[] {
  const found = inputs(
    of("kubernetes:networking.k8s.io/v1:NetworkPolicy").find((resource) => resource.name === name),
  ) as { spec: { egress: { to: { ipBlock?: { cidr: string } }[] }[] } };
  return found.spec.egress.flatMap(({ to }) => to.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []));
}

describe("what pods reach on their node", function () {
  this.timeout(30_000);

  it("is the name service, where the cluster has its services, and credentials for those who need them", async () => {
    const own = await awsGraph();
    assert.deepEqual(blocks(own, "shop-node"), ["172.20.0.0/16", "169.254.170.23/32"]);
    assert.deepEqual(blocks(own, "shop-gateway-node"), ["172.20.0.0/16"]);
    assert.ok(blocks(own, "shop-gateway").includes("172.20.0.1/32"), "the API server");
  });

  it("is asked of a cluster that was there before: its services may have other addresses", async () => {
    const theirs = await awsGraph({
      "slipway:existingCluster": "theirs",
      "slipway:vpcId": "vpc-0123456789abcdef0",
      "slipway:vpcCidr": "10.8.0.0/16",
      "slipway:privateSubnets": "subnet-0a1b2c3d4e5f60710,subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60712",
      "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710,subnet-0b1b2c3d4e5f60711,subnet-0b1b2c3d4e5f60712",
    });
    assert.deepEqual(blocks(theirs, "shop-node"), ["10.100.0.0/16", "169.254.170.23/32"]);
    assert.ok(blocks(theirs, "shop-gateway").includes("10.100.0.1/32"), "the API server");
  });
});
