import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

describe("keys and logs on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("lets AWS use a key for the one thing it is for", () => {
    const users = shop
      .of("aws:kms/key:Key")
      .map(inputs)
      .flatMap(
        ({ policy }) =>
          (JSON.parse(String(policy)) as { Statement: { Principal: { Service?: string[] }; Condition?: object }[] })
            .Statement,
      )
      .filter(({ Principal }) => Principal.Service);
    const log = (group: string) => `arn:aws:logs:eu-central-1:111122223333:log-group:${group}`;
    assert.deepEqual(
      users.map(({ Condition }) => Condition).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      [
        ["/aws/eks/slipway-prod/cluster"],
        ["/aws/rds/instance/shop/error", "/aws/rds/instance/shop/slowquery"],
        ["/slipway/slipway-prod-kafka/brokers"],
        ["/slipway/slipway-prod/flow"],
      ]
        .map((groups) => ({ ArnEquals: { "kms:EncryptionContext:aws:logs:arn": groups.map(log) } }) as object)
        .concat({
          ArnEquals: {
            "kms:EncryptionContext:aws:sns:topicArn": ["arn:aws:sns:eu-central-1:111122223333:slipway-prod-alarms"],
          },
        }),
    );
  });

  it("keeps every log encrypted and for a time, those of EKS and RDS as well", () => {
    const groups = shop.of("aws:cloudwatch/logGroup:LogGroup").map(inputs);
    assert.deepEqual(groups.map(({ name }) => name).toSorted(), [
      "/aws/eks/slipway-prod/cluster",
      "/aws/rds/instance/shop/error",
      "/aws/rds/instance/shop/slowquery",
      "/slipway/slipway-prod-kafka/brokers",
      "/slipway/slipway-prod/flow",
    ]);
    for (const { name, kmsKeyId, retentionInDays } of groups)
      assert.ok(kmsKeyId && Number(retentionInDays) > 0, String(name));
  });
});
