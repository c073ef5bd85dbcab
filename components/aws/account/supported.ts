/**
 * Node types of ElastiCache that are known here, the current generations, with their memory for data in GiB.
 */
export const CACHE_MEMORY_GIB: Readonly<Record<string, number>> = {
  "cache.t4g.small": 1.37,
  "cache.t4g.medium": 3.09,
  "cache.m7g.large": 6.38,
  "cache.m7g.xlarge": 12.93,
  "cache.m7g.2xlarge": 26.04,
  "cache.r7g.large": 13.07,
  "cache.r7g.xlarge": 26.32,
  "cache.r7g.2xlarge": 52.82,
};

/**
 * Instance classes for MariaDB and PostgreSQL that are known here, the current generations of RDS, with their memory in GiB: it decides how many connections there are. db.t4g.micro and
 * db.t4g.small are left out: RDS has no Database Insights for MariaDB on them, and every database here is watched by it.
 */
export const DATABASE_MEMORY_GIB: Readonly<Record<string, number>> = {
  "db.t4g.medium": 4,
  "db.t4g.large": 8,
  "db.t4g.xlarge": 16,
  "db.m6g.large": 8,
  "db.m6g.xlarge": 16,
  "db.m6g.2xlarge": 32,
  "db.m7g.large": 8,
  "db.m7g.xlarge": 16,
  "db.m7g.2xlarge": 32,
  "db.m7g.4xlarge": 64,
  "db.r6g.large": 16,
  "db.r6g.xlarge": 32,
  "db.r6g.2xlarge": 64,
  "db.r7g.large": 16,
  "db.r7g.xlarge": 32,
  "db.r7g.2xlarge": 64,
  "db.r7g.4xlarge": 128,
};

/** Broker types of MSK that are known here, with the partitions AWS recommends at most for one broker. */
export const BROKER_PARTITIONS: Readonly<Record<string, number>> = {
  "kafka.t3.small": 300,
  "kafka.m5.large": 1000,
  "kafka.m5.xlarge": 1000,
  "kafka.m5.2xlarge": 2000,
  "kafka.m5.4xlarge": 4000,
  "kafka.m7g.large": 1000,
  "kafka.m7g.xlarge": 1000,
  "kafka.m7g.2xlarge": 2000,
  "kafka.m7g.4xlarge": 4000,
};

/**
 * Regions in which all of it is offered, with the zones a new account may use. Spain and Zurich are left out: the user guide of RDS lists them
 * without IAM authentication for MariaDB.
 */
export const REGION_ZONES: Readonly<Record<string, number>> = {
  "us-east-1": 6,
  "us-east-2": 3,
  "us-west-1": 2,
  "us-west-2": 4,
  "ca-central-1": 3,
  "sa-east-1": 3,
  "eu-central-1": 3,
  "eu-west-1": 3,
  "eu-west-2": 3,
  "eu-west-3": 3,
  "eu-north-1": 3,
  "eu-south-1": 3,
  "ap-northeast-1": 3,
  "ap-northeast-2": 4,
  "ap-northeast-3": 3,
  "ap-south-1": 3,
  "ap-southeast-1": 3,
  "ap-southeast-2": 3,
};

/**
 * RDS sets `max_connections` to the instance's memory in bytes divided by this, and to no more than that (default parameter groups of MariaDB 10.5 and
 * later and of PostgreSQL; the user guide's "Maximum number of database connections"). What RDS itself keeps of the memory is not known here: the checks leave a fifth.
 */
const CONNECTIONS = {
  mariadb: { bytes: 25_165_760, most: 12_000 },
  postgres: { bytes: 9_531_392, most: 5000 },
} as const;

/** Connections an instance class takes with an engine. */
export function connectionsOf(instanceClass: string, engine: "mariadb" | "postgres"): number {
  const { bytes, most } = CONNECTIONS[engine];
  return Math.min(most, Math.floor(((DATABASE_MEMORY_GIB[instanceClass] ?? 0) * 2 ** 30) / bytes));
}
