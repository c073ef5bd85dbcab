/** What one service of the good system does, and the settings that follow from it. */
export interface GoodService {
  readonly name: string;
  readonly calls?: readonly string[];
  /** Topic that it publishes to. */
  readonly topic?: string;
  /** Topic that it consumes. */
  readonly consumes?: string;
  readonly routes?: readonly string[];
  /** Further settings. */
  readonly env?: Readonly<Record<string, string>>;
}

/** All settings of a service, as its ConfigMap holds them. */
export function settingsOf({ name, calls = [], topic, consumes, env = {} }: GoodService): Record<string, string> {
  return {
    ...Object.assign({}, ...calls.map(settingsOfCall)),
    LOG_LEVEL: "info",
    FAULTS_ENABLED: "false",
    DATABASE_HOST: "db.internal.example",
    DATABASE_NAME: name,
    DATABASE_USER: name,
    DATABASE_POOL: "10",
    ...(topic ? { KAFKA_TOPIC: topic } : {}),
    ...(consumes ? settingsOfConsumer(name, consumes) : {}),
    ...env,
  };
}

function settingsOfCall(callee: string): Record<string, string> {
  const prefix = callee.toUpperCase();
  return {
    [`${prefix}_URL`]: `http://${callee}:8080`,
    [`${prefix}_TIMEOUT_MS`]: "610",
    [`${prefix}_BREAKER_ERROR_PERCENT`]: "50",
    [`${prefix}_BREAKER_OPEN_MS`]: "5000",
    [`${prefix}_BREAKER_MIN_CALLS`]: "10",
    [`${prefix}_MAX_CONCURRENT`]: "50",
    [`${prefix}_FALLBACK`]: "reject",
  };
}

function settingsOfConsumer(name: string, topic: string): Record<string, string> {
  return {
    KAFKA_CONSUME: topic,
    KAFKA_GROUP: `shop.${name}`,
    KAFKA_ACKS: "all",
    KAFKA_AUTO_OFFSET_RESET: "earliest",
  };
}
