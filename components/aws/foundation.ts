import type { Provider } from "@pulumi/aws/provider.js";
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi";
import { GATEWAY_PORT } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { STAGE, type Stage } from "../../model/stage.ts";
import { brokerAlarms, clusterAlarms, edgeAlarms, kafkaAlarms } from "./watch/alarm-table.ts";
import { Alarms } from "./watch/alarms.ts";
import { Cluster, type ClusterConnection, existingCluster } from "./cluster/cluster.ts";
import { databaseServers, type ServerPlan } from "./databases/database-servers.ts";
import { type CachePlan, cacheServers } from "./caches/cache-servers.ts";
import { Edge } from "./edge/edge.ts";
import { type Definition, gatewayDefinitions } from "./edge/gateway-definitions.ts";
import { Kafka } from "./kafka/kafka.ts";
import { Network, type NetworkConnection } from "./network/network.ts";
import { existingNetwork } from "./network/existing-network.ts";
import { registry, type Registry } from "./images/registry.ts";
import type { AwsSettings } from "./account/settings.ts";
import { awsProvider, sharedTags } from "./account/tags.ts";

/** What all systems of a stage share. */
export interface Foundation {
  readonly settings: AwsSettings;
  readonly aws: Provider;
  readonly network: NetworkConnection;
  readonly cluster: ClusterConnection;
  readonly registry: Registry;
  readonly kafka: Kafka | null;
  readonly edge: Edge;
  readonly alarms: Alarms;
  /** Database servers and caches of each system. */
  readonly servers: ReadonlyMap<string, readonly ServerPlan[]>;
  readonly caches: ReadonlyMap<string, readonly CachePlan[]>;
  /** What must exist before a Gateway can be declared. */
  readonly definitions: readonly Resource[];
}

interface FoundationArgs {
  readonly stage: Stage;
  readonly settings: AwsSettings;
  /** The systems that share it. */
  readonly plans: readonly SystemPlan[];
  readonly definitions: readonly Definition[];
}

/** Network, cluster, registry, Kafka, load balancer and alarms: made once, used by every system. */
export function foundation(
  { stage, settings, plans, definitions }: FoundationArgs,
  opts: ComponentResourceOptions = {},
): Foundation {
  const name = `slipway-${stage}`;
  const tags = sharedTags(settings, stage);
  const aws = awsProvider(name, settings, tags, opts);
  const own = { ...opts, providers: [aws] };
  const network: NetworkConnection =
    settings.network.kind === "new"
      ? new Network(name, { settings, plan: settings.network }, own)
      : existingNetwork(settings.network, { ...opts, provider: aws });
  const cluster =
    settings.cluster.kind === "new"
      ? new Cluster(name, { settings, plan: settings.cluster, network, tags }, own)
      : existingCluster(settings.cluster.name, settings.region, { ...opts, provider: aws });
  const clients = cluster.securityGroupId;
  const withKafka = plans.some(({ messaging }) => messaging.topics.length > 0);
  const kafka = withKafka
    ? new Kafka(`${name}-kafka`, { settings, numbers: STAGE[stage], network, clients }, own)
    : null;
  const answerSeconds = Math.max(0, ...plans.map(({ entry }) => entry?.waits.answerSeconds ?? 0));
  const edge = new Edge(name, { settings, network, targets: clients, port: GATEWAY_PORT.web, answerSeconds }, own);
  const alarms = new Alarms(`${name}-alarms`, settings, own);
  watchShared(name, { settings, network, cluster, kafka, edge, alarms });
  return {
    settings,
    aws,
    network,
    cluster,
    kafka,
    edge,
    alarms,
    servers: databaseServers(plans, settings),
    caches: cacheServers(plans),
    registry: registry(name, settings, { ...opts, provider: aws }),
    definitions: gatewayDefinitions(definitions, { ...opts, provider: cluster.provider }),
  };
}

function watchShared(
  name: string,
  {
    settings,
    network,
    cluster,
    kafka,
    edge,
    alarms,
  }: Omit<Foundation, "aws" | "registry" | "servers" | "caches" | "definitions">,
): void {
  alarms.watch(`${name}-cluster`, clusterAlarms(), { ClusterName: cluster.name }, alarms);
  if (kafka) {
    const dimensions = { "Cluster Name": kafka.clusterName };
    alarms.watch(kafka.clusterName, kafkaAlarms(), dimensions, kafka);
    for (let broker = 1; broker <= settings.kafka.brokers; broker++) {
      alarms.watch(
        `${kafka.clusterName}-${broker}`,
        brokerAlarms(),
        { ...dimensions, "Broker ID": String(broker) },
        kafka,
      );
    }
  }
  const { nat, certificate, balancer } = edgeAlarms();
  network.natGatewayIds.forEach((NatGatewayId, index) =>
    alarms.watch(`${name}-nat-${index + 1}`, nat, { NatGatewayId }, alarms),
  );
  alarms.watch(`${name}-certificate`, certificate, { CertificateArn: edge.certificateArn }, edge);
  alarms.watch(`${name}-edge`, balancer, { LoadBalancer: edge.balancer.arnSuffix }, edge);
}
