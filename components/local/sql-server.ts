import type { types } from "@pulumi/kubernetes";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import { type StorePlan, usersOf } from "../../model/plan/stores.ts";
import { NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { allow } from "../manifests/network-policy.ts";
import { podsNamed, PROMETHEUS } from "../manifests/peers.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential } from "../manifests/settings.ts";
import { administratorCredential, databasesFile } from "../manifests/stores/databases-job.ts";
import { statefulSet, STORE_DEADLINE } from "../manifests/stores/stateful-set.ts";
import type { ImageConnection, StoreConnection } from "../platform.ts";
import { connectSqlStore, sqlUsers } from "../sql-stores.ts";
import { makePasswords } from "./passwords.ts";
import { runOnce } from "./run-once.ts";
import { type Site, storeOwner } from "./site.ts";

/** Connections beside those of the services: the Jobs, the exporter and a person who looks for a fault. */
const SPARE_CONNECTIONS = 20;

/** Seconds the server may take to write out what it holds in memory. */
const DRAIN_SECONDS = 45;

/** What differs between the kinds of servers that hold databases. */
export interface SqlServer {
  /** Name of its image, of its pods and of its address. */
  readonly host: string;
  readonly engine: "mariadb" | "postgres";
  readonly port: number;
  readonly metricsPort: number;
  /** User that may do everything, and the key of its password in the Secret. */
  readonly administrator: string;
  readonly passwordKey: string;
  /** Name of the Job that makes its databases. */
  readonly job: string;
  readonly containers: (image: ImageConnection, connections: number) => types.input.core.v1.Container[];
  readonly volumes: (secret: Input<string>) => types.input.core.v1.Volume[];
}

/** One server with the databases of a system and users with the least rights, reachable by these services and by nobody else. */
export function runSqlServer(
  site: Site,
  server: SqlServer,
  stores: readonly StorePlan[],
  opts: CustomResourceOptions,
): [name: string, connection: StoreConnection][] {
  const { host, engine, port, administrator: user } = server;
  const { root, passwords } = makePasswords(`${site.plan.name}-${host}`, "root", sqlUsers(stores), opts);
  const running = runServer(site, server, { stores, root }, opts);

  const peers = [podsNamed(host)];
  const administrator = { host, port, tls: "off", user, password: root } as const;
  const databases = runOnce(
    site,
    {
      name: server.job,
      command: "databases",
      files: databasesFile(engine, stores),
      variables: {},
      secrets: administratorCredential(administrator, passwords),
      store: { peers, port },
      after: [running],
    },
    opts,
  );
  const reached = { host, port, tls: "off", peers, ready: [databases], passwords } as const;
  return stores.map((store) => [store.name, connectSqlStore(store, reached)]);
}

function runServer(
  site: Site,
  server: SqlServer,
  { stores, root }: { readonly stores: readonly StorePlan[]; readonly root: Output<string> },
  opts: CustomResourceOptions,
): Resource {
  const { plan, cluster } = site;
  const { host, port, metricsPort } = server;
  const owner = storeOwner(site, host);
  const name = `${plan.name}-${host}`;
  const image = site.image(host);
  const connections = stores.reduce((sum, store) => sum + store.maxConnections, SPARE_CONNECTIONS);

  const secret = new Secret(name, credential(owner, { [server.passwordKey]: root }), opts);
  const account = new ServiceAccount(name, serviceAccount(owner), opts);
  const ingress = [
    { peers: [podsNamed(...usersOf(stores), server.job)], port },
    { peers: [PROMETHEUS], port: metricsPort },
  ];
  const network = new NetworkPolicy(name, allow(owner, ingress, []), opts);
  const address = new Service(name, headlessService(owner, [{ name: host, port }]), opts);
  new PodDisruptionBudget(name, disruptionBudget(owner), opts);
  return new StatefulSet(
    name,
    statefulSet({
      owner,
      image,
      serviceAccount: account.metadata.name,
      containers: server.containers(image, connections),
      volumes: server.volumes(secret.metadata.name),
      storage: plan.numbers.database.storage,
      storageClass: cluster.storageClass,
      metricsPort,
      drainSeconds: DRAIN_SECONDS,
    }),
    { ...opts, ...STORE_DEADLINE, dependsOn: [network, address] },
  );
}
