import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

interface Trust {
  readonly Principal: { readonly Service: string };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const ACCOUNT = { "aws:SourceAccount": "111122223333" };
/** For whose sake a service may take on a role. EC2 has no such word: it gives a role to machines of its own account only. */
const FOR: Readonly<Record<string, object | undefined>> = {
  "vpc-flow-logs.amazonaws.com": {
    StringEquals: ACCOUNT,
    ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-central-1:111122223333:vpc-flow-log/*" },
  },
  "monitoring.rds.amazonaws.com": {
    StringEquals: ACCOUNT,
    ArnLike: { "aws:SourceArn": "arn:aws:rds:eu-central-1:111122223333:db:*" },
  },
  "pods.eks.amazonaws.com": {
    StringEquals: ACCOUNT,
    ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-central-1:111122223333:cluster/slipway-prod" },
  },
  "ec2.amazonaws.com": undefined,
};

describe("the services that AWS runs for us", function () {
  this.timeout(30_000);
  let graphs: readonly AwsGraph[];
  before(async () => void (graphs = [await awsGraph(), await awsGraph({ "slipway:compute": "node-groups" })]));

  it("may take on a role for things of this account only, not for those of another customer", () => {
    const trusts = graphs
      .flatMap((graph) => graph.of("aws:iam/role:Role"))
      .flatMap((role) => (JSON.parse(String(inputs(role)["assumeRolePolicy"])) as { Statement: Trust[] }).Statement);
    assert.deepEqual(
      new Set(trusts.map(({ Principal }) => Principal.Service)),
      new Set(Object.keys(FOR)),
      "a service that nobody thought about",
    );
    for (const { Principal, Condition } of trusts)
      assert.deepEqual(Condition, FOR[Principal.Service], Principal.Service);
  });
});
