/** Programs that hold data, by the last part of their image, and where they keep it. */

import { parseImage } from "./image.ts";

const STORES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(mysql|mariadb|percona)(-server)?$/, ["/var/lib/mysql"]],
  [/^(postgres(ql)?|postgis|timescaledb|spilo-\d+)$/, ["/var/lib/postgresql"]],
  [/^mongo(db)?(-community-server)?$/, ["/data/db", "/var/lib/mongodb"]],
  [/^(redis-stack-server)$/, ["/var/lib/redis"]],
  [/^(kafka|cp-kafka|redpanda)$/, ["/var/lib/kafka", "/var/lib/redpanda", "/tmp/kraft-combined-logs"]],
  [/^(zookeeper|cp-zookeeper)$/, ["/var/lib/zookeeper", "/datalog"]],
  [/^(clickhouse|clickhouse-server)$/, ["/var/lib/clickhouse"]],
  [/^(cassandra|scylla)$/, ["/var/lib/cassandra", "/var/lib/scylla"]],
  [/^etcd$/, ["/var/lib/etcd", "/etcd-data"]],
  [
    /^(elasticsearch|opensearch)$/,
    ["/usr/share/elasticsearch/data", "/usr/share/opensearch/data", "/var/lib/elasticsearch"],
  ],
  [/^couchdb$/, ["/opt/couchdb/data"]],
  [/^(mssql-)?server$/, ["/var/opt/mssql"]],
  [/^cockroach$/, ["/cockroach/cockroach-data"]],
  [/^(neo4j|arangodb|influxdb|dgraph)$/, ["/var/lib/neo4j", "/var/lib/arangodb3", "/var/lib/influxdb", "/dgraph"]],
  [/^(rabbitmq|nats|nats-streaming)$/, ["/var/lib/rabbitmq"]],
  [/^(minio|seaweedfs)$/, ["/var/lib/minio"]],
  [
    /^(prometheus|alertmanager|grafana|loki|tempo|victoria-metrics)$/,
    ["/prometheus", "/alertmanager", "/var/lib/prometheus", "/var/lib/alertmanager", "/var/lib/grafana", "/var/loki"],
  ],
  [/^vault$/, ["/vault/data", "/vault/file"]],
];
/** Programs that people also run as a cache or without history, so that only their data directory tells. */
const MAY_FORGET =
  /^(redis-stack-server|rabbitmq|nats|nats-streaming|minio|seaweedfs|prometheus|alertmanager|grafana|loki|tempo|victoria-metrics|vault|server|dgraph)$/;

const DIRECTORIES: readonly string[] = [
  ...STORES.flatMap(([, directories]) => directories),
  "/bitnami",
  "/var/lib/redis",
];

/** True for an image of a program whose data must not be lost. */
export function isStore(image: string | undefined): boolean {
  const { repository } = parseImage(image);
  const name = repository.split("/").at(-1) ?? "";
  return (
    (!MAY_FORGET.test(name) || repository.endsWith("mssql/server")) && STORES.some(([pattern]) => pattern.test(name))
  );
}

/** True for a directory in which such a program keeps its data, or one below it. */
export function isDataDirectory(path: string): boolean {
  return DIRECTORIES.some((directory) => path === directory || path.startsWith(`${directory}/`));
}
