import type { Resource } from "@pulumi/pulumi";
import { STORE_PORT } from "../../../model/names.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { redisStores } from "../../../model/plan/stores.ts";
import type { Peer, StoreConnection } from "../../platform.ts";
import { connectSqlStore } from "../../sql-stores.ts";
import type { Foundation } from "../foundation.ts";
import { watchCaches } from "../watch/cache-watch.ts";
import { Caches } from "./caches.ts";

interface Place {
  readonly plan: SystemPlan;
  readonly foundation: Foundation;
  readonly peers: readonly Peer[];
  readonly parent: Resource;
}

/** The caches of a system, watched, and how its services reach them. */
export function systemCaches({
  plan,
  foundation,
  peers,
  parent,
}: Place): [name: string, connection: StoreConnection][] {
  if (redisStores(plan).length === 0) return [];
  const { settings, network, cluster, alarms } = foundation;
  const servers = foundation.caches.get(plan.name) ?? [];
  const parts = { plan, servers, settings, network, clients: cluster.securityGroupId };
  const caches = new Caches(`slipway-${plan.name}-caches`, parts, { parent });
  watchCaches(caches, { settings, alarms });
  return caches.servers.map(({ store, host, passwords, resource }) => {
    const reached = { host, port: STORE_PORT.redis, tls: "required", peers, ready: [resource], passwords } as const;
    return [store.name, connectSqlStore({ ...store, database: "0" }, reached)];
  });
}
