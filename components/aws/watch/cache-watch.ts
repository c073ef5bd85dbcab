import type { AwsSettings } from "../account/settings.ts";
import { CACHE_MEMORY_GIB } from "../account/supported.ts";
import type { Caches } from "../caches/caches.ts";
import { cacheAlarms } from "./alarm-table.ts";
import type { Alarms } from "./alarms.ts";

/** Alarms of every node of every cache of a system. */
export function watchCaches(caches: Caches, { settings, alarms }: { settings: AwsSettings; alarms: Alarms }): void {
  const memory = CACHE_MEMORY_GIB[settings.cache.nodeType] ?? 0;
  for (const { nodes, store } of caches.servers)
    for (const node of nodes)
      alarms.watch(`slipway-${node}-cache`, cacheAlarms(memory, store.keeps), { CacheClusterId: node }, caches);
}
