import { setTimeout as sleep } from "node:timers/promises";
import { Admin, ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from "@platformatic/kafka";
import { kafkaConnection } from "./kafka-connection.ts";
import type { Log } from "../process/log.ts";
import type { KafkaSettings } from "../process/settings.ts";
import { type ActualTopic, type DeclaredTopic, topicChanges } from "./topic-drift.ts";

const ATTEMPTS = 30;
const PAUSE_MS = 2000;

/** Makes the broker have every declared topic; safe to run twice and beside itself. Waits a minute for a broker that is starting. */
export async function declareTopics(
  settings: Pick<KafkaSettings, "brokers" | "auth">,
  declared: readonly DeclaredTopic[],
  log: Log,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const admin = new Admin({ clientId: "slipway-topics", ...kafkaConnection(settings), retries: 0 });
    try {
      return await apply(admin, declared, log);
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      log.warn({ attempt, err: error }, "topics are not declared yet");
      await sleep(PAUSE_MS);
    } finally {
      await admin.close().catch(() => undefined);
    }
  }
}

async function apply(admin: Admin, declared: readonly DeclaredTopic[], log: Log): Promise<void> {
  const changes = topicChanges(declared, await actualTopics(admin, declared));
  for (const topic of changes.create) {
    const configs = Object.entries(topic.configs).map(([name, value]) => ({ name, value }));
    await admin.createTopics({ topics: [topic.name], partitions: topic.partitions, replicas: topic.replicas, configs });
    log.info({ topic: topic.name, partitions: topic.partitions }, "topic created");
  }
  for (const topic of changes.raisePartitions) {
    await admin.createPartitions({ topics: [{ name: topic.name, count: topic.partitions, assignments: null }] });
    log.warn(
      { topic: topic.name, partitions: topic.partitions },
      "partitions raised; keys move, so their order is not kept across this moment",
    );
  }
  for (const { name, configs } of changes.setConfigs) {
    const set = Object.entries(configs).map(([key, value]) => ({
      name: key,
      value,
      configOperation: IncrementalAlterConfigOperationTypes.SET,
    }));
    await admin.incrementalAlterConfigs({
      resources: [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: name, configs: set }],
    });
    log.info({ topic: name, configs }, "topic configuration changed");
  }
  for (const difference of changes.drift) log.warn(difference);
  log.info({ topics: declared.length, created: changes.create.length }, "topics are declared");
}

async function actualTopics(
  admin: Admin,
  declared: readonly DeclaredTopic[],
): Promise<ReadonlyMap<string, ActualTopic>> {
  const present = new Set(await admin.listTopics());
  const names = declared.map((topic) => topic.name).filter((name) => present.has(name));
  if (names.length === 0) return new Map();
  const metadata = await admin.metadata({ topics: names, forceUpdate: true });
  const described = await admin.describeConfigs({
    resources: names.map((name) => ({ resourceType: ConfigResourceTypes.TOPIC, resourceName: name })),
  });
  return new Map(
    names.map((name) => {
      const topic = metadata.topics.get(name);
      const configs = described.find((each) => each.resourceName === name)?.configs ?? [];
      return [
        name,
        {
          partitions: topic?.partitionsCount ?? 0,
          replicas: topic?.partitions[0]?.replicas.length ?? 0,
          configs: new Map(configs.map((config) => [config.name, config.value ?? ""])),
        },
      ];
    }),
  );
}
