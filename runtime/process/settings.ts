import { type EnvReader, envReader } from "./env-reader.ts";

/** How one callee is called: every number comes from the caller's ConfigMap. */
export interface EdgeSettings {
  readonly callee: string;
  readonly url: string;
  readonly timeoutMs: number;
  /** Share of failed calls, in percent, at which the breaker opens. */
  readonly breakerErrorPercent: number;
  readonly breakerOpenMs: number;
  /** Calls per second below which the breaker never opens. */
  readonly breakerMinCalls: number;
  readonly maxConcurrent: number;
  readonly fallback: "reject" | "default" | "queue";
}

export interface KafkaSettings {
  /** None where the service neither publishes nor consumes. */
  readonly brokers: readonly string[];
  readonly auth: "none" | "iam";
  readonly group: string;
  /** The service's own topic; undefined where it publishes nothing. */
  readonly topic: string | undefined;
  readonly consume: readonly string[];
}

export interface DatabaseSettings {
  readonly engine: "mariadb" | "postgres";
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly user: string;
  readonly password: string;
  readonly pool: number;
  readonly tls: "off" | "required";
}

export interface Settings {
  readonly system: string;
  readonly service: string;
  readonly stage: string;
  readonly version: string;
  readonly logLevel: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly drainSeconds: number;
  readonly faultsEnabled: boolean;
  readonly edges: readonly EdgeSettings[];
  readonly kafka: KafkaSettings;
  readonly database: DatabaseSettings;
}

/** All settings of a service that calls the given callees, and all their faults; the settings may be used only when there is no fault. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  calls: readonly string[],
): { settings: Settings; faults: readonly string[] } {
  const read = envReader(env);
  const settings: Settings = {
    system: read.text("SYSTEM"),
    service: read.text("SERVICE"),
    stage: read.text("STAGE", "dev"),
    version: read.text("VERSION", "0"),
    logLevel: read.oneOf("LOG_LEVEL", ["trace", "debug", "info", "warn", "error"], "info"),
    port: read.integer("PORT", { min: 1, max: 65535, fallback: 8080 }),
    metricsPort: read.integer("METRICS_PORT", { min: 1, max: 65535, fallback: 9464 }),
    drainSeconds: read.integer("DRAIN_SECONDS", { min: 1, max: 300, fallback: 20 }),
    faultsEnabled: read.oneOf("FAULTS_ENABLED", ["false", "true"], "false") === "true",
    edges: calls.map((callee) => readEdge(read, callee)),
    kafka: readOwnKafka(read),
    database: readDatabase(read),
  };
  return { settings, faults: read.faults };
}

function readEdge(read: EnvReader, callee: string): EdgeSettings {
  const key = (name: string) => `${callee.toUpperCase().replaceAll("-", "_")}_${name}`;
  return {
    callee,
    url: read.httpUrl(key("URL")),
    timeoutMs: read.integer(key("TIMEOUT_MS"), { min: 100, max: 2000, fallback: 610 }),
    breakerErrorPercent: read.integer(key("BREAKER_ERROR_PERCENT"), { min: 1, max: 100, fallback: 50 }),
    breakerOpenMs: read.integer(key("BREAKER_OPEN_MS"), { min: 1000, max: 60_000, fallback: 5000 }),
    breakerMinCalls: read.integer(key("BREAKER_MIN_CALLS"), { min: 1, max: 10_000, fallback: 10 }),
    maxConcurrent: read.integer(key("MAX_CONCURRENT"), { min: 1, max: 10_000, fallback: 50 }),
    fallback: read.oneOf(key("FALLBACK"), ["reject", "default", "queue"], "reject"),
  };
}

/** Kafka settings of a service, which needs brokers only where it publishes or consumes. */
function readOwnKafka(read: EnvReader): KafkaSettings {
  const silent = read.text("KAFKA_TOPIC", "") === "" && read.list("KAFKA_CONSUME").length === 0;
  return readKafka(read, silent ? "" : undefined);
}

/** Kafka settings of a job, or of a service that publishes or consumes. */
export function readKafka(read: EnvReader, brokersFallback?: ""): KafkaSettings {
  const topic = read.text("KAFKA_TOPIC", "");
  const consume = read.list("KAFKA_CONSUME");
  return {
    brokers: read
      .text("KAFKA_BROKERS", brokersFallback)
      .split(",")
      .map((broker) => broker.trim())
      .filter(Boolean),
    auth: read.oneOf("KAFKA_AUTH", ["none", "iam"], "none"),
    group: read.text("KAFKA_GROUP", consume.length === 0 ? "none" : undefined),
    topic: topic === "" ? undefined : topic,
    consume,
  };
}

/** Database settings of a service or a job; a job that makes the databases needs no name of one. */
export function readDatabase(read: EnvReader, nameFallback?: string): DatabaseSettings {
  return {
    engine: read.oneOf("DATABASE_ENGINE", ["mariadb", "postgres"], "mariadb"),
    host: read.text("DATABASE_HOST"),
    port: read.integer("DATABASE_PORT", { min: 1, max: 65535, fallback: 3306 }),
    name: read.text("DATABASE_NAME", nameFallback),
    user: read.text("DATABASE_USER"),
    password: read.text("DATABASE_PASSWORD"),
    pool: read.integer("DATABASE_POOL", { min: 1, max: 100, fallback: 10 }),
    tls: read.oneOf("DATABASE_TLS", ["off", "required"], "off"),
  };
}
