import type { ReplicationGroupArgs } from "@pulumi/aws/elasticache/replicationGroup.js";
import { STORE_PORT } from "../../../model/names.ts";
import type { StageNumbers } from "../../../model/stage.ts";
import type { Keeps } from "../../../model/words/store.ts";
import type { AwsSettings } from "../account/settings.ts";

/** One that writes and one that takes over, in different zones. */
export const CACHE_NODES = 2;
/** Fewer days of snapshots than this are never taken of what is kept, whatever the stage says; ElastiCache keeps 35 at most. */
const MIN_SNAPSHOT_DAYS = 7;
const MAX_SNAPSHOT_DAYS = 35;

interface CacheParts {
  readonly identifier: string;
  readonly settings: AwsSettings;
  readonly numbers: StageNumbers;
  readonly keeps: Keeps;
}

/** A cache that survives the loss of a zone, lets in whom it knows over TLS only and, where it keeps data, is copied every night. */
export function cacheArguments({
  identifier,
  settings,
  numbers,
  keeps,
}: CacheParts): Omit<ReplicationGroupArgs, "description"> {
  const { cache } = settings;
  return {
    replicationGroupId: identifier,
    engine: "valkey",
    engineVersion: cache.version,
    nodeType: cache.nodeType,
    port: STORE_PORT.redis,
    numCacheClusters: CACHE_NODES,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    networkType: "ipv4",
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    autoMinorVersionUpgrade: true,
    applyImmediately: false,
    snapshotWindow: "01:00-02:00", // UTC, before the hours in which stores are maintained
    ...snapshots(keeps, numbers.database.backupDays),
  };
}

function snapshots(keeps: Keeps, days: number): Partial<ReplicationGroupArgs> {
  if (keeps === "nothing") return { snapshotRetentionLimit: 0 };
  return {
    snapshotRetentionLimit: Math.min(MAX_SNAPSHOT_DAYS, Math.max(MIN_SNAPSHOT_DAYS, days)),
  };
}

/** What goes when memory is full: the key that was not asked for longest where nothing is promised, else nothing, and writes fail. */
export function cacheParameters(keeps: Keeps): { name: string; value: string }[] {
  return [{ name: "maxmemory-policy", value: keeps === "nothing" ? "allkeys-lru" : "noeviction" }];
}
