import { DEFAULTS } from "../defaults.ts";
import { deadLetterName, topicName } from "../names.ts";
import { STAGE, type Stage } from "../stage.ts";
import type { System } from "../system.ts";
import type { AnyPart } from "../words/service.ts";
import type { Use } from "../words/store.ts";
import { storeTopic } from "./uses.ts";
import { contractName } from "./edges/contract-name.ts";

/** One Kafka topic. Dead-letter twins are topics too; `deadLetterOf` names the topic they belong to. */
export interface TopicPlan {
  readonly name: string;
  readonly producer: string;
  /** Events it carries; empty for dead letters. */
  readonly events: readonly string[];
  /** Services that read it. */
  readonly consumers: readonly string[];
  readonly partitions: number;
  readonly replication: number;
  readonly minInSync: number;
  readonly retentionMs: number;
  /** Bytes of the largest batch of records, and so of the largest record. */
  readonly maxBytes: number;
  readonly deadLetterOf: string | null;
}

/** One kind of event: who says it, who listens, what takes it back. */
export interface EventPlan {
  readonly name: string;
  readonly topic: string;
  readonly producer: string;
  readonly consumers: readonly string[];
  /** Fields of its data, the correlation key among them. */
  readonly fields: readonly string[];
  /** What both ends check by, as `name@version`. */
  readonly contract: string;
  readonly undoneBy: string | null;
  /** Why nothing takes it back; null where something does. */
  readonly neverUndone: string | null;
  /** Why it is published although nobody here listens; null where somebody does. */
  readonly terminal: string | null;
}

/** Topics that one service writes and reads, and where it puts what it cannot process. */
export interface TopicUse {
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  readonly deadLetters: readonly string[];
}

const HOUR_MS = 3_600_000;

/** The service that publishes an event. */
export function producerOf(system: System, event: string): string {
  const producer = Object.keys(system.services).find((name) => system.services[name]?.publishes?.includes(event));
  if (!producer) throw new Error(`${system.name}: nobody publishes "${event}"; call checkSystem before planSystem`);
  return producer;
}

/** Services that follow an event, in the order of the description. */
export function consumersOf(system: System, event: string): string[] {
  return Object.keys(system.services).filter((name) => system.services[name]?.consumes?.includes(event));
}

/** Every kind of event with both ends. */
export function planEvents(system: System): EventPlan[] {
  return Object.entries(system.events ?? {}).map(([name, { data, undoneBy, terminal }]) => {
    const producer = producerOf(system, name);
    return {
      name,
      producer,
      fields: Object.keys(data.properties),
      topic: topicName(system.name, producer),
      consumers: consumersOf(system, name),
      contract: contractName(name, data),
      undoneBy: typeof undoneBy === "string" ? undoneBy : null,
      neverUndone: typeof undoneBy === "string" ? null : undoneBy.declined,
      terminal: terminal ?? null,
    };
  });
}

/** One topic for each service that publishes, one dead-letter twin for each of its consumers, and those that are stores. */
export function planTopics(system: System, stage: Stage): TopicPlan[] {
  const producers = Object.keys(system.services).filter((name) => system.services[name]?.publishes?.length);
  return [...producers.flatMap((producer) => planTopic(system, producer, stage)), ...storeTopics(system, stage)];
}

/** Topics that programs use without the kit: what is in them, and who does not understand it, is theirs. */
function storeTopics(system: System, stage: Stage): TopicPlan[] {
  const { replication, minInSync } = STAGE[stage].kafka;
  const { partitions, retentionHours, recordBytes } = DEFAULTS.kafka;
  return Object.entries(system.stores ?? {}).flatMap(([store, word]) => {
    if ("existing" in word || word.kind !== "topic") return [];
    const users = Object.keys(system.services).filter((name) => system.services[name]?.uses?.[store]);
    const writers = users.filter((name) => system.services[name]?.uses?.[store]?.may !== "read");
    return [
      {
        name: storeTopic(system.name, store, word),
        producer: writers[0] ?? "",
        events: [],
        consumers: users.filter((name) => !writers.includes(name)),
        partitions: word.partitions ?? system.partitions ?? partitions.value,
        replication,
        minInSync,
        retentionMs: retentionHours.value * HOUR_MS,
        maxBytes: recordBytes.value,
        deadLetterOf: null,
      },
    ];
  });
}

function planTopic(system: System, producer: string, stage: Stage): TopicPlan[] {
  const { replication, minInSync } = STAGE[stage].kafka;
  const { partitions, retentionHours, deadLetterRetentionHours, recordBytes, deadLetterBytes } = DEFAULTS.kafka;
  const events = system.services[producer]?.publishes ?? [];
  const consumers = [...new Set(events.flatMap((event) => consumersOf(system, event)))].toSorted();
  const name = topicName(system.name, producer);
  const shared = { producer, partitions: system.partitions ?? partitions.value, replication, minInSync };
  const topic = {
    ...shared,
    name,
    events,
    consumers,
    retentionMs: retentionHours.value * HOUR_MS,
    maxBytes: recordBytes.value,
    deadLetterOf: null,
  };
  const twins = consumers.map((consumer) => ({
    ...shared,
    name: deadLetterName(name, consumer),
    events: [],
    consumers: [],
    producer: consumer,
    retentionMs: deadLetterRetentionHours.value * HOUR_MS,
    maxBytes: recordBytes.value + deadLetterBytes.value,
    deadLetterOf: name,
  }));
  return [topic, ...twins];
}

/** The topics of one service's own events and of those it follows. */
export function planTopicUse(system: System, name: string, part: AnyPart): TopicUse {
  const { publishes = [], consumes = [], uses = {} } = part;
  const topics = (may: (use: Use) => boolean) =>
    Object.entries(uses).flatMap(([store, use]) => {
      const word = system.stores?.[store];
      if (!use || !may(use) || !word || "existing" in word || word.kind !== "topic") return [];
      return [storeTopic(system.name, store, word)];
    });
  const producers = new Set(consumes.map((event) => producerOf(system, event)));
  const reads = [...producers].map((producer) => topicName(system.name, producer)).toSorted();
  return {
    writes: [...(publishes.length > 0 ? [topicName(system.name, name)] : []), ...topics(({ may }) => may !== "read")],
    reads: [...reads, ...topics(({ may }) => may === "read")],
    deadLetters: reads.map((topic) => deadLetterName(topic, name)),
  };
}
