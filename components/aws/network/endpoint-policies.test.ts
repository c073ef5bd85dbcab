import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

interface Statement {
  readonly Effect: string;
  readonly Principal: string;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> };
}

const OURS = "111122223333";
const LAYERS = "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*";

describe("the ways to the services of AWS inside the network", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  const statements = (service: string): Statement[] => {
    const found = shop
      .of("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(inputs)
      .find(({ serviceName }) => String(serviceName).endsWith(`.${service}`));
    return (JSON.parse(String(found?.["policy"])) as { Statement: Statement[] }).Statement;
  };

  it("lead to buckets of this account, and to one of AWS: where the layers of images are read", () => {
    assert.deepEqual(
      statements("s3").map(({ Effect, Action, Resource, Condition }) => [
        Effect,
        Action,
        Resource,
        Condition?.StringEquals,
      ]),
      [
        ["Allow", "*", "*", { "aws:PrincipalAccount": OURS, "aws:ResourceAccount": OURS }],
        ["Allow", "s3:GetObject", LAYERS, undefined],
      ],
    );
  });

  it("are open to who belongs to this account, so that nobody carries data out with keys of another", () => {
    for (const service of ["ecr.api", "ecr.dkr", "logs", "secretsmanager"])
      assert.deepEqual(
        statements(service).map(({ Effect, Resource, Condition }) => [Effect, Resource, Condition?.StringEquals]),
        [["Allow", "*", { "aws:PrincipalAccount": OURS }]],
        service,
      );
  });

  it("let who has no keys yet ask for those of a role of this account", () => {
    const [, keyless] = statements("sts");
    assert.deepEqual(
      [keyless?.Action, keyless?.Resource],
      [["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"], `arn:aws:iam::${OURS}:role/*`],
    );
  });

  it("lie beside a default security group that lets nothing in or out", () => {
    const { vpcId, ingress, egress } = shop.only("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assert.deepEqual([vpcId, ingress, egress], ["slipway-prod-id", [], []]);
  });
});
