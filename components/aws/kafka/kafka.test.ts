import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";
import { allows } from "../../../test/iam-evaluation.ts";
import { shopPlan } from "../../../test/shop.ts";

const TOPICS = "arn:aws:kafka:eu-central-1:111122223333:topic/slipway-prod-kafka/uuid/";

describe("Kafka on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("gives the pods of each service the rights to its own topics, by the role of that service", () => {
    const named = (type: string, name: string) => inputs(shop.of(type).find((found) => found.name === name));
    const { deadLetters = [] } = shopPlan().workloads.find(({ name }) => name === "printer")?.topics ?? {};
    const may = (service: string, action: string, topic: string): boolean => {
      const { namespace, serviceAccount, roleArn } = named(
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        `shop-${service}`,
      );
      const { role, policy } = named("aws:iam/rolePolicy:RolePolicy", `shop-${service}`);
      assert.deepEqual(
        [namespace, serviceAccount, roleArn, role],
        ["shop", service, `shop-${service}-id`, `shop-${service}`],
      );
      return allows(String(policy), `kafka-cluster:${action}`, TOPICS + topic);
    };
    assert.deepEqual(
      [
        may("order", "WriteData", "shop.order"),
        may("order", "ReadData", "shop.order"),
        may("order", "WriteData", deadLetters[0] ?? ""),
      ],
      [true, false, false],
    );
    assert.deepEqual(
      [
        may("printer", "WriteData", "shop.order"),
        may("printer", "ReadData", "shop.order"),
        may("printer", "WriteData", deadLetters[0] ?? ""),
      ],
      [false, true, true],
    );
  });

  it("lets nobody take on such a role but EKS for its pods", () => {
    for (const name of ["shop-order", "shop-printer"]) {
      const {
        Statement: [trust, ...more],
      } = JSON.parse(
        String(inputs(shop.of("aws:iam/role:Role").find((role) => role.name === name))["assumeRolePolicy"]),
      ) as { Statement: { Condition?: object }[] };
      const { Condition, ...who } = trust ?? assert.fail("nobody");
      const pods = { Service: "pods.eks.amazonaws.com" };
      assert.deepEqual(
        [who, more],
        [{ Effect: "Allow", Principal: pods, Action: ["sts:AssumeRole", "sts:TagSession"] }, []],
      );
      assert.match(JSON.stringify(Condition), /"aws:SourceArn":"arn:aws:eks:[^"]*:cluster\/slipway-prod"/);
    }
  });

  it("keeps records for the planned time and on the planned number of disks", () => {
    const declared = new Map(
      shop
        .of("aws:msk/topic:Topic")
        .map(inputs)
        .map((topic) => [topic["name"], topic]),
    );
    for (const { name, partitions, replication, retentionMs, maxBytes, minInSync } of shopPlan().messaging.topics) {
      const { partitionCount, replicationFactor, configs } = declared.get(name) ?? {};
      assert.deepEqual([partitionCount, replicationFactor], [partitions, replication], name);
      assert.deepEqual(JSON.parse(String(configs)), {
        "retention.ms": String(retentionMs),
        "max.message.bytes": String(maxBytes),
        "min.insync.replicas": String(minInSync),
        "unclean.leader.election.enable": "false",
      });
    }
  });

  it("runs by the configuration that is declared, measured and logged", () => {
    const { configurationInfo, openMonitoring, loggingInfo, enhancedMonitoring } = shop.only("aws:msk/cluster:Cluster");
    assert.equal((configurationInfo as { arn: string }).arn, "slipway-prod-kafka-id");
    assert.deepEqual(openMonitoring, {
      prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } },
    });
    assert.deepEqual(
      (loggingInfo as { brokerLogs: { cloudwatchLogs: { enabled: boolean } } }).brokerLogs.cloudwatchLogs.enabled,
      true,
    );
    assert.equal(enhancedMonitoring, "PER_TOPIC_PER_BROKER");
  });

  it("grows its disks by itself, and never tries to shrink them", () => {
    const { maxCapacity } = shop.only("aws:appautoscaling/target:Target");
    const { brokerNodeGroupInfo } = shop.only("aws:msk/cluster:Cluster");
    assert.ok(
      Number(maxCapacity) >
        (brokerNodeGroupInfo as { storageInfo: { ebsStorageInfo: { volumeSize: number } } }).storageInfo.ebsStorageInfo
          .volumeSize,
    );
    const { targetValue, disableScaleIn } = shop.only("aws:appautoscaling/policy:Policy")[
      "targetTrackingScalingPolicyConfiguration"
    ] as { targetValue: number; disableScaleIn: boolean };
    assert.deepEqual([targetValue, disableScaleIn], [60, true]);
    assert.deepEqual(shop.of("aws:msk/cluster:Cluster")[0]?.ignoreChanges, [
      "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize",
    ]);
  });

  it("runs Kafka with TLS and IAM only, no topic by accident, three copies", () => {
    const { clientAuthentication, encryptionInfo, numberOfBrokerNodes, brokerNodeGroupInfo, openMonitoring } =
      shop.only("aws:msk/cluster:Cluster");
    assert.deepEqual(clientAuthentication, { sasl: { iam: true, scram: false }, unauthenticated: false });
    assert.deepEqual(encryptionInfo, {
      encryptionAtRestKmsKeyArn: "arn:aws:kms:slipway-prod-kafka",
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    });
    assert.equal(numberOfBrokerNodes, 3);
    assert.equal(
      (brokerNodeGroupInfo as { connectivityInfo: { publicAccess: { type: string } } }).connectivityInfo.publicAccess
        .type,
      "DISABLED",
    );
    assert.ok(openMonitoring);
    const properties = String(shop.only("aws:msk/configuration:Configuration")["serverProperties"]);
    for (const line of [
      "auto.create.topics.enable=false",
      "default.replication.factor=3",
      "min.insync.replicas=2",
      "unclean.leader.election.enable=false",
    ])
      assert.ok(properties.includes(line), line);
  });

  it("declares every topic with its dead-letter twin, and a role of its own for each service", () => {
    const topics = shop
      .of("aws:msk/topic:Topic")
      .map(inputs)
      .map(({ name }) => String(name));
    for (const { name } of shopPlan().messaging.topics) assert.ok(topics.includes(name), name);
    for (const { configs } of shop.of("aws:msk/topic:Topic").map(inputs))
      assert.equal((JSON.parse(String(configs)) as Record<string, string>)["unclean.leader.election.enable"], "false");
    const associations = shop
      .of("aws:eks/podIdentityAssociation:PodIdentityAssociation")
      .map(inputs)
      .map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`);
    assert.deepEqual(
      associations.toSorted(),
      shopPlan()
        .workloads.filter(({ network }) => network.toKafka)
        .map(({ name }) => `shop/${name}`)
        .toSorted(),
    );
  });

  it("declares how pods come by their role, so that none is admitted too early to be given it", () => {
    const volume = "eks-pod-identity-token";
    for (const name of ["shop-order", "shop-printer"]) {
      const { spec } = inputs(shop.of("kubernetes:apps/v1:Deployment").find((one) => one.name === name)) as unknown as {
        spec: { template: { spec: { containers: Container[]; volumes: object[] } } };
      };
      const { containers, volumes } = spec.template.spec;
      assert.match(JSON.stringify(volumes), new RegExp(`"${volume}","projected":.*"pods.eks.amazonaws.com"`));
      for (const { env, volumeMounts } of containers) {
        const told = Object.fromEntries(env.map((variable) => [variable.name, variable.value]));
        const { mountPath } = volumeMounts.find((mount) => mount.name === volume) ?? {};
        assert.equal(told["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"], `${mountPath}/${volume}`);
        assert.equal(told["AWS_CONTAINER_CREDENTIALS_FULL_URI"], "http://169.254.170.23/v1/credentials");
        assert.equal(told["AWS_REGION"], "eu-central-1");
      }
    }
  });
});

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}
