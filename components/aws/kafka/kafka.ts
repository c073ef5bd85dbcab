import { Policy } from "@pulumi/aws/appautoscaling/policy.js";
import { Target } from "@pulumi/aws/appautoscaling/target.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Cluster as MskCluster } from "@pulumi/aws/msk/cluster.js";
import { Configuration } from "@pulumi/aws/msk/configuration.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import type { StageNumbers } from "../../../model/stage.ts";
import { parseBytes } from "../../../model/quantity.ts";
import { encryptionKey, logWriter } from "../account/encryption-key.ts";
import { serverProperties } from "./kafka-properties.ts";
import type { NetworkConnection } from "../network/network.ts";
import type { AwsSettings } from "../account/settings.ts";
import { TYPE } from "../account/type-tokens.ts";

/** Port for clients that prove who they are by IAM, over TLS; there is no other. */
export const IAM_PORT = 9098;
/** Ports of the brokers' own exporters. */
const EXPORTER_PORTS = [11001, 11002] as const;
/** Disk use at which storage grows (AWS recommends 50 to 60 %), and how far: MSK storage never shrinks. */
const STORAGE_TARGET_PERCENT = 60;
const STORAGE_GROWTH = 10;
const LOG_DAYS = 30;

interface KafkaArgs {
  readonly settings: AwsSettings;
  readonly numbers: StageNumbers;
  readonly network: NetworkConnection;
  /** Security group of the pods; nobody else may connect. */
  readonly clients: pulumi.Input<string>;
}

/** One Kafka cluster for all systems: brokers in every zone, TLS and IAM only, no topic that nobody declared. */
export class Kafka extends pulumi.ComponentResource {
  readonly clusterName: string;
  readonly arn: pulumi.Output<string>;
  /** `host:port`, comma-separated. */
  readonly brokers: pulumi.Output<string>;

  constructor(name: string, { settings, numbers, network, clients }: KafkaArgs, opts: pulumi.ComponentResourceOptions) {
    super(TYPE.kafka, name, { version: settings.kafka.version, brokers: settings.kafka.brokers }, opts);
    const child = { parent: this };
    const { kafka } = settings;
    const gibibytes = Math.ceil((parseBytes(numbers.kafka.storage) ?? 0) / 2 ** 30);
    const records = `/slipway/${name}/brokers`;
    const key = encryptionKey(name, settings.accountId, [logWriter(settings, [records])], child);
    const logs = new LogGroup(name, { name: records, retentionInDays: LOG_DAYS, kmsKeyId: key.arn }, child);
    const group = brokerSecurityGroup(name, network.vpcId, clients, child);
    const configuration = new Configuration(
      name,
      {
        // of no version, so that the next one takes the same
        name,
        serverProperties: serverProperties(numbers.kafka),
        description: "declared topics only, two copies before a record counts",
      },
      child,
    );

    const cluster = new MskCluster(
      name,
      {
        clusterName: name,
        kafkaVersion: kafka.version,
        numberOfBrokerNodes: kafka.brokers,
        enhancedMonitoring: "PER_TOPIC_PER_BROKER",
        brokerNodeGroupInfo: {
          instanceType: kafka.brokerClass,
          clientSubnets: [...network.privateSubnetIds],
          securityGroups: [group.id],
          storageInfo: { ebsStorageInfo: { volumeSize: gibibytes } },
          connectivityInfo: { publicAccess: { type: "DISABLED" } },
        },
        clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
        encryptionInfo: {
          encryptionAtRestKmsKeyArn: key.arn,
          encryptionInTransit: { clientBroker: "TLS", inCluster: true },
        },
        configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
        openMonitoring: {
          prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } },
        },
        loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logs.name } } },
      },
      { ...child, protect: true, ignoreChanges: ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"] },
    ); // the autoscaling below raises it
    storageAutoscaling(name, cluster.arn, gibibytes, child);

    this.clusterName = name;
    this.arn = cluster.arn;
    this.brokers = cluster.bootstrapBrokersSaslIam;
    this.registerOutputs({ arn: cluster.arn });
  }
}

function brokerSecurityGroup(
  name: string,
  vpcId: pulumi.Input<string>,
  clients: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): SecurityGroup {
  const group = new SecurityGroup(name, { name, vpcId, description: "Kafka brokers", tags: { Name: name } }, opts);
  for (const port of [IAM_PORT, ...EXPORTER_PORTS]) {
    new SecurityGroupIngressRule(
      `${name}-${port}`,
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: clients,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        description: port === IAM_PORT ? "Kafka with IAM from the cluster" : "broker metrics for Prometheus",
      },
      opts,
    );
  }
  return group;
}

function storageAutoscaling(
  name: string,
  resourceId: pulumi.Input<string>,
  gibibytes: number,
  opts: pulumi.CustomResourceOptions,
): void {
  const what = { resourceId, scalableDimension: "kafka:broker-storage:VolumeSize", serviceNamespace: "kafka" };
  const target = new Target(name, { ...what, minCapacity: 1, maxCapacity: gibibytes * STORAGE_GROWTH }, opts);
  new Policy(
    name,
    {
      name,
      ...what,
      resourceId: target.resourceId,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: STORAGE_TARGET_PERCENT,
        disableScaleIn: true,
        predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
      },
    },
    opts,
  );
}
