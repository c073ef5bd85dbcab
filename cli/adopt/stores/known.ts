/** What a program of somebody else's is for Slipway: a store that it makes, one that it only reaches, or something that it brings itself. */
export interface KnownImage {
  /** Last part of an image's name. */
  readonly images: RegExp;
  readonly as:
    | { readonly made: "postgres" | "mariadb" | "mysql" | "redis" }
    | { readonly existing: string }
    | { readonly broker: "kafka" }
    | { readonly traces: "otlp" | "zipkin" }
    | { readonly brought: string };
  readonly port?: number;
  /** Variables of the image by which it is told who logs in, and to what. */
  readonly user?: readonly string[];
  readonly password?: readonly string[];
  readonly database?: readonly string[];
}

const MYSQL = {
  user: ["MYSQL_USER", "MARIADB_USER"],
  password: ["MYSQL_PASSWORD", "MARIADB_PASSWORD", "MYSQL_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD"],
  database: ["MYSQL_DATABASE", "MARIADB_DATABASE"],
  port: 3306,
};

/** Stores and tools by the names of their images; the first that fits is taken. */
export const KNOWN_IMAGES: readonly KnownImage[] = [
  {
    images: /^(postgres|postgresql|postgis|pgvector|timescaledb(-ha)?|alloydb-?omni|cloudsql-postgres)$/,
    as: { made: "postgres" },
    port: 5432,
    user: ["POSTGRES_USER", "POSTGRESQL_USERNAME", "POSTGRESQL_USER"],
    password: ["POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD"],
    database: ["POSTGRES_DB", "POSTGRESQL_DATABASE"],
  },
  { images: /^mariadb(-galera)?$/, as: { made: "mariadb" }, ...MYSQL },
  { images: /^(mysql|mysql-server|percona|percona-server)$/, as: { made: "mysql" }, ...MYSQL },
  {
    images: /^(redis|valkey|keydb|dragonfly|redis-stack(-server)?)$/,
    as: { made: "redis" },
    port: 6379,
    password: ["REDIS_PASSWORD", "VALKEY_PASSWORD"],
  },
  { images: /^(kafka|cp-kafka|cp-server|redpanda|kafka-native)$/, as: { broker: "kafka" }, port: 9092 },
  {
    images: /^(mongo|mongodb|mongodb-community-server)$/,
    as: { existing: "mongodb" },
    port: 27_017,
    user: ["MONGO_INITDB_ROOT_USERNAME", "MONGODB_USERNAME"],
    password: ["MONGO_INITDB_ROOT_PASSWORD", "MONGODB_PASSWORD"],
    database: ["MONGO_INITDB_DATABASE", "MONGODB_DATABASE"],
  },
  {
    images: /^(rabbitmq|lavinmq)$/,
    as: { existing: "amqp" },
    port: 5672,
    user: ["RABBITMQ_DEFAULT_USER", "RABBITMQ_USERNAME"],
    password: ["RABBITMQ_DEFAULT_PASS", "RABBITMQ_PASSWORD"],
  },
  { images: /^(activemq|activemq-artemis|artemis)$/, as: { existing: "amqp" }, port: 5672 },
  { images: /^opensearch$/, as: { existing: "opensearch" }, port: 9200 },
  { images: /^elasticsearch$/, as: { existing: "elasticsearch" }, port: 9200 },
  { images: /^dynamodb-local$/, as: { existing: "dynamodb" }, port: 8000 },
  { images: /^(cassandra|scylla)$/, as: { existing: "cassandra" }, port: 9042 },
  { images: /^memcached$/, as: { existing: "memcached" }, port: 11_211 },
  { images: /^nats(-streaming)?$/, as: { existing: "nats" }, port: 4222 },
  {
    images: /^minio$/,
    as: { existing: "s3" },
    port: 9000,
    user: ["MINIO_ROOT_USER"],
    password: ["MINIO_ROOT_PASSWORD"],
  },
  {
    images: /^(server|mssql-server|azure-sql-edge)$/,
    as: { existing: "sqlserver" },
    port: 1433,
    password: ["SA_PASSWORD", "MSSQL_SA_PASSWORD"],
  },
  { images: /^(clickhouse|clickhouse-server)$/, as: { existing: "clickhouse" }, port: 8123 },
  { images: /^neo4j$/, as: { existing: "neo4j" }, port: 7687 },
  { images: /^couchdb$/, as: { existing: "couchdb" }, port: 5984 },
  { images: /^influxdb$/, as: { existing: "influxdb" }, port: 8086 },
  { images: /^zipkin(-slim)?$/, as: { traces: "zipkin" } },
  {
    images: /^(jaeger|all-in-one|jaeger-collector|opentelemetry-collector.*|otel-collector.*|tempo)$/,
    as: { traces: "otlp" },
  },
  {
    images:
      /^(prometheus|grafana|grafana-oss|alertmanager|node-exporter|cadvisor|loki|promtail|kube-state-metrics|blackbox-exporter|fluent-bit|fluentd|(postgres|mysqld|redis|kafka)[-_]exporter)$/,
    as: { brought: "Slipway watches every service itself" },
  },
  { images: /^(zookeeper|cp-zookeeper)$/, as: { brought: "Kafka needs it no longer" } },
];
