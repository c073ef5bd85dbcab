import type { SystemPlan } from "../../../model/plan.ts";
import { redisStores } from "../../../model/plan/stores.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import type { AwsSettings } from "../account/settings.ts";
import { cacheServers } from "../caches/cache-servers.ts";
import { databaseServers } from "../databases/database-servers.ts";
import { ENGINES } from "../databases/engine.ts";

/** A name that something of a system has in the account, among its kind. */
export interface ClaimedName {
  readonly among: string;
  readonly name: string;
  /** What has it, such as `the cache "cart" of "shop"`. */
  readonly of: string;
}

/** Every name of a system that AWS, the cluster or the brokers keep once for all systems of a stack. */
export function claimedNames(plan: SystemPlan, settings: Pick<AwsSettings, "database">): ClaimedName[] {
  const system = `"${plan.name}"`;
  return [
    { among: "namespaces", name: plan.name, of: system },
    ...plan.messaging.topics.map(({ name }) => ({ among: "topics", name, of: system })),
    { among: "image repositories", name: `${plan.name}/job`, of: `the Jobs of ${system}` },
    ...plan.workloads.map(({ name }) => ({
      ...{ among: "image repositories", name: `${plan.name}/${name}` },
      of: `"${plan.name}/${name}"`,
    })),
    ...ofEntry(plan),
    ...ofDatabases(plan, settings),
    ...ofCaches(plan),
  ];
}

function ofEntry({ name, entry }: SystemPlan): ClaimedName[] {
  if (entry === null) return [];
  const of = `the entry of "${name}"`;
  const hosts = new Set(entry.routes.flatMap(({ host }) => host ?? []));
  const targets = [``, ...(entry.routes.some(({ protocol }) => protocol === "grpc") ? ["-grpc"] : [])];
  return [
    { among: "namespaces", name: `${name}-gateway`, of },
    { among: "hosts", name, of },
    ...[...hosts].map((host) => ({ among: "hosts", name: `${host}-${name}`, of: `"${host}" of "${name}"` })),
    ...targets.map((ending) => ({
      ...{ among: "target groups", name: fittingName(`slipway-${name}${ending}`, MOST.targetGroup) },
      of: ending === "" ? of : `gRPC at ${of}`,
    })),
  ];
}

function ofDatabases(plan: SystemPlan, settings: Pick<AwsSettings, "database">): ClaimedName[] {
  const servers = databaseServers([plan], settings).get(plan.name) ?? [];
  const engines = ENGINES.filter((engine) => engine.stores(plan).length > 0);
  return [
    ...engines.map(({ ending, title }) => shared(`${plan.name}${ending}`, `${title} of "${plan.name}"`)),
    ...servers.map(({ identifier, engine, stores }) => ({
      ...{ among: "database servers", name: identifier },
      of: `${engine.title} of "${plan.name}" with ${stores.map((store) => `"${store}"`).join(", ")}`,
    })),
  ];
}

function ofCaches(plan: SystemPlan): ClaimedName[] {
  const stores = redisStores(plan);
  const caches = (cacheServers([plan]).get(plan.name) ?? []).flatMap(({ identifier, store }) => {
    const of = `the cache "${store}" of "${plan.name}"`;
    const users = stores.find(({ name }) => name === store)?.users ?? [];
    return [
      { among: "caches", name: identifier, of },
      ...users.map(({ user }) => ({
        ...{ among: "users of caches", name: fittingName(`${identifier}-${user.replaceAll("_", "-")}`, MOST.cache) },
        of: `"${user}" at ${of}`,
      })),
    ];
  });
  return stores.length === 0 ? [] : [shared(`${plan.name}-caches`, `the caches of "${plan.name}"`), ...caches];
}

/** Security group, subnets and key of servers that belong together. */
function shared(name: string, of: string): ClaimedName {
  return { among: "security and subnet groups", name: `slipway-${name}`, of };
}
