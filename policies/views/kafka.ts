/** Kafka as declared: clusters, topics, and who consumes what. */

import type { Facts } from "../resources/facts.ts";
import type { Graph } from "../resources/graph.ts";
import type { Resource } from "../resources/resource.ts";

export interface MskProps {
  readonly clusterName?: string;
  readonly numberOfBrokerNodes?: number;
  readonly enhancedMonitoring?: string;
  readonly brokerNodeGroupInfo?: {
    readonly clientSubnets?: readonly string[];
    readonly connectivityInfo?: { readonly publicAccess?: { readonly type?: string } };
  };
  readonly encryptionInfo?: {
    readonly encryptionAtRestKmsKeyArn?: string;
    readonly encryptionInTransit?: { readonly clientBroker?: string; readonly inCluster?: boolean };
  };
  readonly clientAuthentication?: {
    readonly unauthenticated?: boolean;
    readonly sasl?: { readonly iam?: boolean; readonly scram?: boolean };
    readonly tls?: object;
  };
  readonly openMonitoring?: {
    readonly prometheus?: {
      readonly jmxExporter?: { readonly enabledInBroker?: boolean };
      readonly nodeExporter?: { readonly enabledInBroker?: boolean };
    };
  };
  readonly loggingInfo?: { readonly brokerLogs?: Readonly<Record<string, { readonly enabled?: boolean }>> };
}
export type MskCluster = Resource<MskProps>;
export const MSK_CONFIGURATION = "aws:msk/configuration:Configuration";
const TOPIC_TYPES = ["kafka:index/topic:Topic", "aws:msk/topic:Topic", "confluentcloud:index/kafkaTopic:KafkaTopic"];

export interface Topic {
  readonly name: string;
  readonly resource: Resource;
  readonly path: string;
  readonly partitions: number | undefined;
  readonly replication: number | undefined;
  readonly inSync: number | undefined;
  readonly unclean: boolean | undefined;
  readonly retentionMs: number | undefined;
}
interface TopicProps {
  readonly name?: string;
  readonly topicName?: string;
  readonly partitions?: number;
  readonly partitionCount?: number;
  readonly partitionsCount?: number;
  readonly replicationFactor?: number;
  readonly config?: Readonly<Record<string, string>>;
  readonly configs?: unknown;
}

/** All topics declared as resources, of a provider or of the Strimzi operator, or in the settings of the job that makes them. */
export function topics(graph: Graph): readonly Topic[] {
  return graph.once("topics", () => [
    ...TOPIC_TYPES.flatMap((type) => graph.of<TopicProps>(type).map(asTopic)),
    ...graph.of<StrimziTopic>("kafka.strimzi.io/KafkaTopic").map(asStrimziTopic),
    ...topicLists(graph),
  ]);
}

function asTopic(resource: Resource<TopicProps>): Topic {
  const {
    name,
    topicName,
    partitions,
    partitionCount,
    partitionsCount,
    replicationFactor,
    config = {},
  } = resource.props;
  return {
    name: name ?? topicName ?? resource.name,
    resource,
    path: "config",
    partitions: partitions ?? partitionCount ?? partitionsCount,
    replication: replicationFactor,
    ...fromConfig(config),
  };
}

interface StrimziTopic {
  readonly spec?: {
    readonly topicName?: string;
    readonly partitions?: number;
    readonly replicas?: number;
    readonly config?: Settings;
  };
}

function asStrimziTopic(resource: Resource<StrimziTopic>): Topic {
  const { topicName, partitions, replicas, config = {} } = resource.props.spec ?? {};
  return {
    name: topicName ?? resource.name,
    resource,
    path: "spec",
    partitions,
    replication: replicas,
    ...fromConfig(config),
  };
}

type Settings = Readonly<Record<string, string | number | boolean>>;

function fromConfig(config: Settings): Pick<Topic, "inSync" | "unclean" | "retentionMs"> {
  return {
    inSync: number(config["min.insync.replicas"]),
    retentionMs: number(config["retention.ms"]),
    unclean:
      config["unclean.leader.election.enable"] === undefined
        ? undefined
        : String(config["unclean.leader.election.enable"]) === "true",
  };
}

interface ListedTopic {
  readonly name?: string;
  readonly partitions?: number;
  readonly replication?: number;
  readonly replicas?: number;
  readonly replicationFactor?: number;
  readonly minInSync?: number;
  readonly retentionMs?: number;
  readonly config?: Readonly<Record<string, string>>;
  readonly configs?: Readonly<Record<string, string>>;
}

/** Topics of a `topics.json` in a ConfigMap, which a job declares to the broker. */
function topicLists(graph: Graph): Topic[] {
  return graph.of<{ readonly data?: Readonly<Record<string, string>> }>("ConfigMap").flatMap((resource) => {
    const text = resource.props.data?.["topics.json"];
    return text === undefined
      ? []
      : parsed(text).map(
          (topic): Topic => ({
            name: topic.name ?? "",
            resource,
            path: `data["topics.json"]`,
            partitions: topic.partitions,
            replication: topic.replication ?? topic.replicas ?? topic.replicationFactor,
            ...fromConfig(topic.config ?? topic.configs ?? {}),
            ...(topic.minInSync === undefined ? {} : { inSync: topic.minInSync }),
            ...(topic.retentionMs === undefined ? {} : { retentionMs: topic.retentionMs }),
          }),
        );
  });
}

function parsed(text: string): ListedTopic[] {
  try {
    const value: unknown = JSON.parse(text);
    const list = Array.isArray(value) ? value : (value as { readonly topics?: unknown }).topics;
    return Array.isArray(list) ? (list as ListedTopic[]) : [];
  } catch {
    return [];
  }
}

function number(text: string | number | boolean | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

const STRIMZI_CLUSTER = "kafka.strimzi.io/Kafka";
interface StrimziCluster {
  readonly spec?: { readonly kafka?: { readonly replicas?: number; readonly config?: Settings } };
}

export interface ClusterSettings {
  readonly resource: Resource;
  readonly path: string;
  readonly replication?: number;
  readonly inSync?: number;
  readonly unclean?: boolean;
  readonly properties: ReadonlyMap<string, string>;
}

/** Settings that hold for topics which say nothing themselves. */
export function clusterSettings(graph: Graph): ClusterSettings | undefined {
  const [configuration] = graph.of<{ readonly serverProperties?: string }>(MSK_CONFIGURATION);
  if (configuration)
    return asSettings(configuration, "serverProperties", fromLines(configuration.props.serverProperties ?? ""));
  const [operated] = graph.of<StrimziCluster>(STRIMZI_CLUSTER);
  return (
    operated &&
    asSettings(
      operated,
      "spec.kafka.config",
      new Map(Object.entries(operated.props.spec?.kafka?.config ?? {}).map(([key, value]) => [key, String(value)])),
    )
  );
}

function fromLines(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split("\n")
      .filter((line) => line.includes("=") && !line.trim().startsWith("#"))
      .map((line): [string, string] => {
        const [key = "", ...rest] = line.split("=");
        return [key.trim(), rest.join("=").trim()];
      }),
  );
}

function asSettings(resource: Resource, path: string, properties: ReadonlyMap<string, string>): ClusterSettings {
  const numeric = (key: string): number | undefined => number(properties.get(key));
  const [replication, inSync] = [numeric("default.replication.factor"), numeric("min.insync.replicas")];
  return {
    resource,
    path,
    properties,
    ...(replication === undefined ? {} : { replication }),
    ...(inSync === undefined ? {} : { inSync }),
    unclean: properties.get("unclean.leader.election.enable") === "true",
  };
}

/** Brokers of the declared cluster, or of the facts. */
export function brokersOf(graph: Graph, facts: Facts): number | undefined {
  return (
    graph.of<MskProps>("aws:msk/cluster:Cluster")[0]?.props.numberOfBrokerNodes ??
    graph.of<StrimziCluster>(STRIMZI_CLUSTER)[0]?.props.spec?.kafka?.replicas ??
    facts.brokers
  );
}
