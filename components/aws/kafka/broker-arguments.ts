import type { ClusterArgs } from "@pulumi/aws/msk/cluster.js";
import type { Input } from "@pulumi/pulumi";
import type { AwsSettings } from "../account/settings.ts";

interface Place {
  readonly subnets: readonly Input<string>[];
  readonly group: Input<string>;
}

/** The machines, where they stand, and that nobody gets in without a name. */
export function brokers(
  { kafka }: AwsSettings,
  volumeSize: number,
  { subnets, group }: Place,
): Pick<
  ClusterArgs,
  "kafkaVersion" | "numberOfBrokerNodes" | "enhancedMonitoring" | "brokerNodeGroupInfo" | "clientAuthentication"
> {
  return {
    kafkaVersion: kafka.version,
    numberOfBrokerNodes: kafka.brokers,
    enhancedMonitoring: "PER_TOPIC_PER_BROKER",
    brokerNodeGroupInfo: {
      instanceType: kafka.brokerClass,
      clientSubnets: [...subnets],
      securityGroups: [group],
      storageInfo: { ebsStorageInfo: { volumeSize } },
      connectivityInfo: { publicAccess: { type: "DISABLED" } },
    },
    clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
  };
}
