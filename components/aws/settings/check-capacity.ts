import { own } from "../../../model/harmless/own.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { kafkaPolicy, usesKafka } from "../kafka/kafka-access.ts";
import { redisStores } from "../../../model/plan/stores.ts";
import type { AwsSettings } from "../account/settings.ts";
import { type Engine, ENGINES } from "../databases/engine.ts";
import type { Reader } from "./setting.ts";
import { BROKER_PARTITIONS, connectionsOf, DATABASE_MEMORY_GIB, REGION_ZONES } from "../account/supported.ts";

/** Part of `max_connections` that pools may plan with; the rest is for Jobs, RDS itself and a person who looks for a fault. */
const POOL_SHARE = 0.8;
/** Brokers of one cluster in KRaft mode, unless AWS raised the quota. */
const MOST_BROKERS = 60;

/** Characters that IAM takes for all policies inside one role. */
const MOST_RIGHTS = 10_240;

/** Brokers fit the zones and the partitions; databases fit the pools; rights fit a role. */
export function checkCapacity(reader: Reader, settings: AwsSettings, plans: readonly SystemPlan[]): void {
  checkBrokers(reader, settings, plans);
  for (const plan of plans) {
    for (const engine of ENGINES) checkConnections(reader, settings, plan, engine);
    checkCaches(reader, plan);
    checkRights(reader, settings, plan);
  }
}

function checkBrokers(reader: Reader, settings: AwsSettings, plans: readonly SystemPlan[]): void {
  const { kafka } = settings;
  const zones = zonesOf(settings);
  const replication = Math.max(3, ...plans.map(({ numbers }) => numbers.kafka.replication));
  if (
    !Number.isInteger(kafka.brokers) ||
    kafka.brokers % zones !== 0 ||
    kafka.brokers < replication ||
    kafka.brokers > MOST_BROKERS
  ) {
    const example = Math.ceil(replication / zones) * zones;
    reader.report({
      key: "slipway:brokers",
      found: reader.value("slipway:brokers") ?? String(kafka.brokers),
      example: String(example),
      allowed: `a multiple of the ${zones} zones, at least ${replication}, one broker for each copy of a record, and at most ${MOST_BROKERS}`,
    });
    return;
  }
  const copies = plans
    .flatMap(({ messaging }) => messaging.topics)
    .reduce((sum, { partitions, replication: each }) => sum + partitions * each, 0);
  const limit = (BROKER_PARTITIONS[kafka.brokerClass] ?? Infinity) * kafka.brokers;
  if (copies > limit) {
    const example =
      Object.entries(BROKER_PARTITIONS).find(
        ([name, each]) => name.startsWith("kafka.m7g") && each * kafka.brokers >= copies,
      )?.[0] ?? "kafka.m7g.4xlarge";
    reader.report({
      key: "slipway:brokerClass",
      found: kafka.brokerClass,
      allowed: `a type whose ${kafka.brokers} brokers hold the ${copies} partition copies that the systems declare (these hold ${limit})`,
      example,
    });
  }
}

/** Zones that there are once what is wrong with them is put right. */
function zonesOf({ network, region }: AwsSettings): number {
  const wanted = network.kind === "new" ? network.zones : network.privateSubnetIds.length;
  return Math.min(own(REGION_ZONES, region) ?? 3, wanted === 2 ? 2 : 3);
}

function checkConnections(
  reader: Reader,
  { database: { instanceClass, per } }: AwsSettings,
  plan: SystemPlan,
  { name, title, stores }: Engine,
): void {
  if (!Object.hasOwn(DATABASE_MEMORY_GIB, instanceClass)) return; // reported already
  const pools = stores(plan).map(({ maxConnections }) => maxConnections);
  const needed = per === "service" ? Math.max(0, ...pools) : pools.reduce((sum, each) => sum + each, 0);
  const usable = Math.floor(connectionsOf(instanceClass, name) * POOL_SHARE);
  if (needed <= usable) return;
  const fits = Object.keys(DATABASE_MEMORY_GIB).find(
    (other) => other.startsWith("db.m7g") && connectionsOf(other, name) * POOL_SHARE >= needed,
  );
  reader.report({
    key: "slipway:databaseClass",
    found: instanceClass,
    example: fits ?? "db.r7g.4xlarge",
    allowed: `a class that takes the ${needed} connections of the pools of ${plan.name} to ${title} (this one takes ${usable} of its ${connectionsOf(instanceClass, name)})`,
  });
}

/** What is asked of a cache is kept in memory and copied to the other zone after the answer: the last writes before a failure are lost. */
function checkCaches(reader: Reader, plan: SystemPlan): void {
  for (const { name } of redisStores(plan).filter(({ keeps }) => keeps === "every write"))
    reader.report({
      key: `system ${plan.name}`,
      found: `store "${name}" of kind redis, which keeps every write`,
      allowed: "last hour or nothing: ElastiCache answers before a write is in the other zone",
      fix: `let "${name}" keep "last hour", or make it a database, in systems/${plan.name}/system.ts`,
    });
}

/** Each topic is named in full, so the rights of one that listens to very many outgrow its role. */
function checkRights(
  reader: Reader,
  { region, accountId }: AwsSettings,
  { name: system, workloads }: SystemPlan,
): void {
  const cluster = `arn:aws:kafka:${region}:${accountId}:cluster/slipway-prod-kafka/01234567-89ab-cdef-0123-456789abcdef-12`;
  for (const workload of workloads.filter(usesKafka)) {
    const { length } = kafkaPolicy(cluster, workload);
    if (length <= MOST_RIGHTS) continue;
    reader.report({
      key: `system ${system}`,
      found: `${workload.name}, whose rights to ${workload.topics.reads.length} topics have ${length} characters`,
      allowed: `at most ${MOST_RIGHTS}, because IAM gives a role no more`,
      fix: `let it listen to fewer services, or make two of it, in systems/${system}/system.ts`,
    });
  }
}
