import assert from "node:assert/strict";
import { awsAnswers } from "../../test/aws-answers.ts";
import { type AwsGraph, awsGraph, awsPlatform, inputs } from "../../test/aws-graph.ts";
import { describePlatform } from "../../test/platform.contract.ts";
import { STAGE } from "../../model/stage.ts";

describePlatform("AWS", (plan, parent) => awsPlatform({ ...plan, numbers: STAGE.prod }, parent), awsAnswers);

describe("AWS platform", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("can change what takes another version or another machine: nothing that is made anew for it has a name of its own", async () => {
    assert.equal(shop.only("aws:rds/parameterGroup:ParameterGroup")["name"], undefined);
    assert.equal(shop.only("aws:msk/configuration:Configuration")["kafkaVersions"], undefined);
    const groups = await awsGraph({ "slipway:compute": "node-groups" });
    for (const { nodeGroupName } of groups.of("aws:eks/nodeGroup:NodeGroup").map(inputs))
      assert.equal(nodeGroupName, undefined);
  });

  it("lets nothing that holds data be replaced or deleted by a slip", () => {
    const holding = [
      "aws:rds/instance:Instance",
      "aws:msk/cluster:Cluster",
      "aws:msk/topic:Topic",
      "aws:ecr/repository:Repository",
      "aws:kms/key:Key",
      "aws:ec2/vpc:Vpc",
      "eks:index:Cluster",
    ];
    for (const type of holding) {
      assert.ok(shop.of(type).length > 0, type);
      for (const { name, protect } of shop.of(type)) assert.equal(protect, true, `${type} ${name}`);
    }
  });

  it("tells somebody about what the cluster cannot see", () => {
    const alarms = shop.of("aws:cloudwatch/metricAlarm:MetricAlarm").map(inputs);
    for (const namespace of [
      "AWS/RDS",
      "AWS/Kafka",
      "AWS/EKS",
      "AWS/NATGateway",
      "AWS/CertificateManager",
      "AWS/ApplicationELB",
    ])
      assert.ok(
        alarms.some((alarm) => alarm["namespace"] === namespace),
        namespace,
      );
    for (const { alarmActions, alarmDescription } of alarms)
      assert.ok((alarmActions as unknown[]).length > 0 && String(alarmDescription).length > 20);
    assert.equal(shop.only("aws:sns/topicSubscription:TopicSubscription")["endpoint"], "on-call@example.com");
  });

  it("waits for what it names: AWS refuses events of a server, or pods of a cluster, that is not there yet", async () => {
    const made: Readonly<Record<string, object>> = {
      "aws:rds/instance:Instance": { identifier: "made-server" },
      "aws:sns/topicPolicy:TopicPolicy": { arn: "made-policy" },
      "eks:index:Cluster": {
        eksCluster: {
          name: "made-cluster",
          arn: "made-arn",
          roleArn: "role",
          vpcConfig: { clusterSecurityGroupId: "sg" },
        },
      },
    };
    const waiting = await awsGraph({}, (type, name, given) => ({ ...awsAnswers(type, name, given), ...made[type] }));
    const { sourceIds, snsTopic } = waiting.only("aws:rds/eventSubscription:EventSubscription");
    assert.deepEqual([sourceIds, snsTopic], [["made-server"], "made-policy"]);
    for (const { clusterName } of waiting.of("aws:eks/podIdentityAssociation:PodIdentityAssociation").map(inputs))
      assert.equal(clusterName, "made-cluster");
  });

  it("tags everything through the provider, and a system's own with its name", () => {
    assert.deepEqual(
      shop.only("pulumi:providers:aws")["defaultTags"] as unknown as string,
      JSON.stringify({
        tags: { system: "shared", stage: "prod", owner: "platform-team", cost: "cc-1", "managed-by": "slipway" },
      }),
    );
    assert.deepEqual(shop.only("pulumi:providers:aws")["allowedAccountIds"], JSON.stringify(["111122223333"]));
    assert.equal((shop.only("aws:rds/instance:Instance")["tags"] as { system: string }).system, "shop");
  });

  it("shows no secret in what it registers", () => assert.doesNotMatch(JSON.stringify(shop.all), /password-of-/));
});
