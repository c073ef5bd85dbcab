import { all, type CustomResourceOptions } from "@pulumi/pulumi";
import { STORE_PORT } from "../../model/names.ts";
import { type StorePlan, usersOf } from "../../model/plan/stores.ts";
import { NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { allow } from "../manifests/network-policy.ts";
import { podsNamed, PROMETHEUS } from "../manifests/peers.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential } from "../manifests/settings.ts";
import {
  REDIS_METRICS_PORT,
  REDIS_MONITOR_KEY,
  REDIS_USERS_KEY,
  redisContainers,
  redisVolumes,
} from "../manifests/stores/redis.ts";
import { usersFile } from "../manifests/stores/redis-users.ts";
import { statefulSet, STORE_DEADLINE } from "../manifests/stores/stateful-set.ts";
import type { StoreConnection } from "../platform.ts";
import { connectSqlStore } from "../sql-stores.ts";
import { makePasswords } from "./passwords.ts";
import { type Site, storeOwner } from "./site.ts";

const PORT = STORE_PORT.redis;

/** Seconds the server may take to write its last snapshot. */
const DRAIN_SECONDS = 20;

/** A Redis of its own for one store, with a user for each service that uses it. */
export function runRedis(site: Site, store: StorePlan, opts: CustomResourceOptions): StoreConnection {
  const users = store.users.map(({ user }) => user);
  const { root: monitor, passwords } = makePasswords(`${site.plan.name}-${store.name}`, "monitor", users, opts);
  const known = all([...passwords].map(([user, password]) => password.apply((text) => [user, text] as const)));
  const acl = all([known, monitor]).apply(([texts, text]) => usersFile(store.users, new Map(texts), text));
  const running = runServer(site, store, { [REDIS_USERS_KEY]: acl, [REDIS_MONITOR_KEY]: monitor }, opts);
  const peers = [podsNamed(store.name)];
  return connectSqlStore(
    { ...store, database: "0" },
    { host: store.name, port: PORT, tls: "off", peers, ready: [running], passwords },
  );
}

function runServer(
  site: Site,
  store: StorePlan,
  secrets: Parameters<typeof credential>[1],
  opts: CustomResourceOptions,
): StatefulSet {
  const { plan, cluster } = site;
  const { keeps } = store;
  const owner = storeOwner(site, store.name);
  const name = `${plan.name}-${owner.name}`;
  const image = site.image("redis");
  const secret = new Secret(name, credential(owner, secrets), opts);
  const account = new ServiceAccount(name, serviceAccount(owner), opts);
  const ingress = [
    { peers: [podsNamed(...usersOf([store]))], port: PORT },
    { peers: [PROMETHEUS], port: REDIS_METRICS_PORT },
  ];
  const network = new NetworkPolicy(name, allow(owner, ingress, []), opts);
  const address = new Service(name, headlessService(owner, [{ name: "redis", port: PORT }]), opts);
  new PodDisruptionBudget(name, disruptionBudget(owner), opts);
  return new StatefulSet(
    name,
    statefulSet({
      owner,
      image,
      serviceAccount: account.metadata.name,
      containers: redisContainers(image, keeps),
      volumes: redisVolumes(secret.metadata.name, keeps),
      storage: keeps === "nothing" ? null : plan.numbers.database.storage,
      storageClass: cluster.storageClass,
      metricsPort: REDIS_METRICS_PORT,
      drainSeconds: DRAIN_SECONDS,
    }),
    { ...opts, ...STORE_DEADLINE, dependsOn: [network, address] },
  );
}
