import { environment } from "../../views/config-refs.ts";
import { spanOf } from "../../views/capacity.ts";
import type { Graph } from "../../resources/graph.ts";
import {
  brokersOf,
  clusterSettings,
  topics,
  type ClusterSettings,
  type MskCluster,
  type Topic,
} from "../../views/kafka.ts";
import { groupOf, topicsConsumed } from "../../views/consumers.ts";
import {
  type Problem,
  everywhere,
  inProduction,
  limit,
  notApplicable,
  resourceRule,
  stackRule,
  workloadRule,
} from "../../judging/rule.ts";

const FIX = `serverProperties: "default.replication.factor=3\\nmin.insync.replicas=2\\nunclean.leader.election.enable=false\\nauto.create.topics.enable=false"`;

export const kafkaKeepsRecords = stackRule({
  id: "kafka-keeps-records",
  number: "X21",
  items: [31, 20],
  severity: "critical",
  levels: inProduction,
  title: "Kafka keeps every acknowledged record when a broker is lost",
  why: "With fewer copies a lost broker loses records; with as many required as there are, one restart stops all writes.",
  fix: FIX,
  limits: {
    replication: limit("fewest copies of a record", 3, 3, 1),
    inSync: limit("fewest copies that must be written", 2, 2, 1),
  },
  *across(graph: Graph, { facts, limit: bound }) {
    const settings = clusterSettings(graph);
    if (!settings && topics(graph).length === 0) return notApplicable;
    for (const topic of topics(graph)) {
      const replication = topic.replication ?? settings?.replication;
      const inSync = topic.inSync ?? settings?.inSync;
      yield* durable(
        {
          ...(replication === undefined ? {} : { replication }),
          ...(inSync === undefined ? {} : { inSync }),
          unclean: topic.unclean,
        },
        bound,
        brokersOf(graph, facts),
        topic.path,
        topic.name,
        topic.resource,
      );
      if (settings) yield* weaker(topic, settings);
    }
    if (!settings) return;
    yield* durable(settings, bound, brokersOf(graph, facts), settings.path, "the cluster", settings.resource);
  },
});

/** A topic that asks for less than its cluster promises to all. */
function* weaker({ name, path, resource, ...topic }: Topic, cluster: ClusterSettings): Iterable<Problem> {
  for (const [key, setting] of [
    ["replication", "replication"],
    ["inSync", "min.insync.replicas"],
  ] as const) {
    const [own, usual] = [topic[key], cluster[key]];
    if (own !== undefined && usual !== undefined && own < usual)
      yield {
        path,
        found: `${name}: ${setting} ${own}`,
        wanted: `>= ${usual}, as in the cluster`,
        on: resource,
        related: [cluster.resource],
      };
  }
}

interface Durability {
  readonly replication?: number;
  readonly inSync?: number;
  readonly unclean?: boolean | undefined;
}

function* durable(
  { replication, inSync, unclean }: Durability,
  bound: { readonly replication: number; readonly inSync: number },
  brokers: number | undefined,
  path: string,
  name: string,
  on: Problem["on"],
): Iterable<Problem> {
  const at = on ? { on } : {};
  if (replication !== undefined && replication < bound.replication)
    yield { path, found: `${name}: replication ${replication}`, wanted: `>= ${bound.replication}`, ...at };
  if (replication !== undefined && brokers !== undefined && replication > brokers)
    yield { path, found: `${name}: replication ${replication}`, wanted: `<= ${brokers} brokers`, ...at };
  if (inSync !== undefined && inSync < bound.inSync)
    yield { path, found: `${name}: min.insync.replicas ${inSync}`, wanted: `>= ${bound.inSync}`, ...at };
  if (inSync !== undefined && replication !== undefined && replication > 1 && inSync >= replication)
    yield {
      path,
      found: `${name}: min.insync.replicas ${inSync}`,
      wanted: `< replication ${replication}`,
      note: `${replication} copies − ${inSync} required = ${replication - inSync} that may be missing`,
      ...at,
    };
  if (unclean === true) yield { path, found: `${name}: unclean.leader.election.enable true`, wanted: "false", ...at };
}

export const producersWait = workloadRule({
  id: "producers-wait",
  number: "C26",
  items: [31, 39],
  severity: "high",
  levels: everywhere,
  title: "Producers wait until a record is safe",
  why: "With acks 0 or 1 a record that was acknowledged is lost with its leader.",
  fix: `data: { KAFKA_ACKS: "all" }`,
  *across(workload, { graph }) {
    const acks = [...environment(graph, workload)].filter(([name]) => /(^|_)ACKS$/.test(name));
    if (acks.length === 0) return notApplicable;
    for (const [name, { value, path }] of acks) {
      if (!/^(all|-1)$/i.test(value)) yield { path, found: `${name}=${value}`, wanted: "all" };
    }
  },
});

export const consumersHavePartitions = workloadRule({
  id: "consumers-have-partitions",
  number: "X22",
  items: [20, 4],
  severity: "high",
  levels: everywhere,
  title: "A topic has a partition for every consumer",
  why: "Consumers beyond the partitions are idle: scaling out changes nothing but the bill.",
  fix: `new kafka.Topic("orders", { name: "orders", partitions: 12, replicationFactor: 3 })`,
  *across(workload, { graph }) {
    const consumed = topicsConsumed(graph, workload);
    const span = consumed.length > 0 ? spanOf(graph, workload) : undefined;
    if (!span) return notApplicable;
    for (const { name, path } of consumed) {
      const topic = topics(graph).find((other) => other.name === name);
      const members = groupOf(graph, workload, name);
      const ceilings = members.map((member) => spanOf(graph, member)?.ceiling ?? 0);
      const consumers = ceilings.reduce((sum, ceiling) => sum + ceiling, 0);
      if (topic?.partitions === undefined || consumers <= topic.partitions || members[0] !== workload) continue; // told once for a group
      const sum = members.length > 1 ? `${ceilings.join(" + ")} = ${consumers}; ` : "";
      yield {
        path: span.autoscaler ? "spec.maxReplicas" : path,
        found: `${consumers} consumers of ${name}`,
        wanted: `<= ${topic.partitions} partitions`,
        note: `${sum}${consumers} − ${topic.partitions} = ${consumers - topic.partitions} idle`,
        related: [
          topic.resource,
          ...members.slice(1).map(({ resource }) => resource),
          ...(span.autoscaler ? [span.autoscaler] : []),
        ],
      };
    }
  },
});

export const brokersPerZone = resourceRule<MskCluster["props"]>()({
  id: "brokers-per-zone",
  number: "C27",
  items: [31],
  on: ["aws:msk/cluster:Cluster"],
  severity: "high",
  levels: inProduction,
  title: "Brokers are three or more, the same number in every zone",
  why: "Two brokers cannot agree on a third copy; an uneven number overloads one zone.",
  fix: `numberOfBrokerNodes: 3`,
  limits: { brokers: limit("fewest brokers", 3, 3, 2) },
  *check({ props }, { limit: { brokers: fewest } }) {
    const [brokers, zones] = [props.numberOfBrokerNodes ?? 0, props.brokerNodeGroupInfo?.clientSubnets?.length ?? 1];
    if (brokers < fewest) yield { path: "numberOfBrokerNodes", found: String(brokers), wanted: `>= ${fewest}` };
    else if (brokers % zones !== 0)
      yield {
        path: "numberOfBrokerNodes",
        found: `${brokers} brokers in ${zones} subnets`,
        wanted: `a multiple of ${zones}`,
      };
  },
});
