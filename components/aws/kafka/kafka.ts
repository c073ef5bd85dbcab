import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Cluster as MskCluster } from "@pulumi/aws/msk/cluster.js";
import { Configuration } from "@pulumi/aws/msk/configuration.js";
import * as pulumi from "@pulumi/pulumi";
import type { StageNumbers } from "../../../model/stage.ts";
import { parseBytes } from "../../../model/quantity.ts";
import { encryptionKey, logWriter } from "../account/encryption-key.ts";
import { brokers } from "./broker-arguments.ts";
import { storageAutoscaling } from "./broker-storage.ts";
import { serverProperties } from "./kafka-properties.ts";
import { allowIn } from "../network/allow-in.ts";
import type { NetworkConnection } from "../network/network.ts";
import type { AwsSettings } from "../account/settings.ts";
import { TYPE } from "../account/type-tokens.ts";

/** Port for clients that prove who they are by IAM, over TLS; there is no other. */
export const IAM_PORT = 9098;
/** Ports of the brokers' own exporters. */
const EXPORTER_PORTS = [11001, 11002] as const;
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
        ...brokers(settings, gibibytes, { subnets: network.privateSubnetIds, group: group.id }),
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
  const from = { referencedSecurityGroupId: clients };
  for (const port of [IAM_PORT, ...EXPORTER_PORTS]) {
    const description = port === IAM_PORT ? "Kafka with IAM from the cluster" : "broker metrics for Prometheus";
    allowIn(`${name}-${port}`, { securityGroupId: group.id, from, port, description }, opts);
  }
  return group;
}
