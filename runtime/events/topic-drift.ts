/** A topic as declared in topics.json. */
export interface DeclaredTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicas: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** A topic as it is on the broker. */
export interface ActualTopic {
  readonly partitions: number;
  readonly replicas: number;
  readonly configs: ReadonlyMap<string, string>;
}

export interface TopicChanges {
  readonly create: readonly DeclaredTopic[];
  readonly raisePartitions: readonly DeclaredTopic[];
  readonly setConfigs: readonly { readonly name: string; readonly configs: Readonly<Record<string, string>> }[];
  /** Differences that cannot be mended without losing records or order, in words. */
  readonly drift: readonly string[];
}

/** What must change so that the broker has what is declared; nothing is ever deleted or shrunk. */
export function topicChanges(
  declared: readonly DeclaredTopic[],
  actual: ReadonlyMap<string, ActualTopic>,
): TopicChanges {
  const known = declared.flatMap((topic) => {
    const found = actual.get(topic.name);
    return found === undefined ? [] : [{ topic, found }];
  });
  return {
    create: declared.filter((topic) => !actual.has(topic.name)),
    raisePartitions: known.filter(({ topic, found }) => found.partitions < topic.partitions).map(({ topic }) => topic),
    setConfigs: known.flatMap(({ topic, found }) => {
      const configs = Object.fromEntries(
        Object.entries(topic.configs).filter(([key, value]) => found.configs.get(key) !== value),
      );
      return Object.keys(configs).length === 0 ? [] : [{ name: topic.name, configs }];
    }),
    drift: known.flatMap(({ topic, found }) => [
      ...(found.partitions > topic.partitions
        ? [
            `${topic.name} has ${found.partitions} partitions, declared are ${topic.partitions}: partitions cannot be removed`,
          ]
        : []),
      ...(found.replicas !== topic.replicas
        ? [
            `${topic.name} has ${found.replicas} replicas, declared are ${topic.replicas}: reassign them with the broker's tools`,
          ]
        : []),
    ]),
  };
}
