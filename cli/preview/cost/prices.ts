/**
 * List prices on demand in eu-central-1, in US dollars, rounded, written down on the date below from public knowledge: AWS's own price
 * pages could not be asked. Good for comparing two plans; look the sum up in AWS's calculator before it decides anything.
 */
export const PRICES_OF = { date: "2026-11-21", region: "eu-central-1" } as const;

/** Hours AWS counts for a month. */
export const HOURS = 730;

export const PRICE = {
  /** By the hour. */
  eksCluster: 0.1,
  natGateway: 0.052,
  interfaceEndpointPerZone: 0.012,
  loadBalancer: 0.027,
  publicIpv4: 0.005,
  broker: {
    "kafka.t3.small": 0.0526,
    "kafka.m5.large": 0.253,
    "kafka.m5.xlarge": 0.506,
    "kafka.m5.2xlarge": 1.012,
    "kafka.m5.4xlarge": 2.024,
    "kafka.m7g.large": 0.239,
    "kafka.m7g.xlarge": 0.478,
    "kafka.m7g.2xlarge": 0.956,
    "kafka.m7g.4xlarge": 1.912,
  } as Readonly<Record<string, number>>,
  /** One MariaDB instance in one zone; a standby in a second one costs the same again. */
  database: {
    "db.t4g.medium": 0.076,
    "db.t4g.large": 0.152,
    "db.t4g.xlarge": 0.304,
    "db.m6g.large": 0.184,
    "db.m6g.xlarge": 0.368,
    "db.m6g.2xlarge": 0.736,
    "db.m7g.large": 0.202,
    "db.m7g.xlarge": 0.404,
    "db.m7g.2xlarge": 0.808,
    "db.m7g.4xlarge": 1.616,
    "db.r6g.large": 0.262,
    "db.r6g.xlarge": 0.524,
    "db.r6g.2xlarge": 1.048,
    "db.r7g.large": 0.288,
    "db.r7g.xlarge": 0.576,
    "db.r7g.2xlarge": 1.152,
    "db.r7g.4xlarge": 2.304,
  } as Readonly<Record<string, number>>,
  /** The same with PostgreSQL, where it differs: a few per cent more. */
  postgres: {
    "db.t4g.medium": 0.08,
    "db.t4g.large": 0.159,
    "db.t4g.xlarge": 0.318,
    "db.m6g.large": 0.191,
    "db.m6g.xlarge": 0.382,
    "db.m6g.2xlarge": 0.764,
    "db.m7g.large": 0.209,
    "db.m7g.xlarge": 0.418,
    "db.m7g.2xlarge": 0.836,
    "db.m7g.4xlarge": 1.672,
    "db.r6g.large": 0.27,
    "db.r6g.xlarge": 0.541,
    "db.r6g.2xlarge": 1.081,
    "db.r7g.large": 0.297,
    "db.r7g.xlarge": 0.594,
    "db.r7g.2xlarge": 1.188,
    "db.r7g.4xlarge": 2.377,
  } as Readonly<Record<string, number>>,
  /** One node of ElastiCache with Valkey: a fifth less than with Redis OSS. */
  cache: {
    "cache.t4g.small": 0.029,
    "cache.t4g.medium": 0.058,
    "cache.m7g.large": 0.15,
    "cache.m7g.xlarge": 0.3,
    "cache.m7g.2xlarge": 0.6,
    "cache.r7g.large": 0.209,
    "cache.r7g.xlarge": 0.418,
    "cache.r7g.2xlarge": 0.836,
  } as Readonly<Record<string, number>>,
  /** One m7i.large (2 cores, 8 GiB) with the surcharge of Auto Mode (12 %). */
  node: 0.1208 * 1.12,
  /** The same in a node group, without it. */
  groupNode: 0.1208,
  /** By the month. */
  kmsKey: 1,
  alarm: 0.1,
  managedSecret: 0.4,
  webAcl: 5,
  webAclRule: 1,
  /** By the GiB and month. */
  databaseStorageGib: 0.137,
  brokerStorageGib: 0.119,
  volumeGib: 0.0952,
} as const;
