import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { STORE_PORT } from "../../model/names.ts";
import { mariaDbStores, usersOf } from "../../model/plan/stores.ts";
import { administratorCredential, databasesFile } from "../manifests/stores/databases-job.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import {
  MARIADB_METRICS_PORT,
  mariadbContainers,
  mariadbVolumes,
  ROOT_PASSWORD_KEY,
} from "../manifests/stores/mariadb.ts";
import { allow } from "../manifests/network-policy.ts";
import { podsNamed, PROMETHEUS } from "../manifests/peers.ts";
import { headlessService } from "../manifests/service.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { credential } from "../manifests/settings.ts";
import { statefulSet, STORE_DEADLINE } from "../manifests/stores/stateful-set.ts";
import type { StoreConnection } from "../platform.ts";
import { connectSqlStore, sqlUsers } from "../sql-stores.ts";
import { runOnce } from "./run-once.ts";
import { type Site, storeOwner } from "./site.ts";

const PORT = STORE_PORT.mariadb;
const HOST = "mariadb";

/** Connections beside those of the services: the Jobs, the exporter and a person who looks for a fault. */
const SPARE_CONNECTIONS = 20;

/** Seconds the server may take to write out what it holds in memory. */
const DRAIN_SECONDS = 45;

/** 32 letters and digits: 190 bits, and no character that any client or shell would misread. */
const PASSWORD = { length: 32, special: false };

/** MariaDB with a database and users for each store of its kind, reachable by those who use one and by nobody else. */
export function runMariaDb(site: Site, opts: CustomResourceOptions): [name: string, connection: StoreConnection][] {
  const { plan } = site;
  const stores = mariaDbStores(plan);
  const password = (user: string): Output<string> =>
    new RandomPassword(`${plan.name}-mariadb-${user}`, PASSWORD, { parent: opts.parent! }).result;
  const root = password("root");
  const passwords = new Map(sqlUsers(stores).map((user) => [user, password(user)]));
  const server = runServer(site, root, opts);

  const peers = [podsNamed(HOST)];
  const administrator = { host: HOST, port: PORT, tls: "off", user: "root", password: root } as const;
  const databases = runOnce(
    site,
    {
      name: "databases",
      files: databasesFile("mariadb", stores),
      variables: {},
      secrets: administratorCredential(administrator, passwords),
      store: { peers, port: PORT },
      after: [server],
    },
    opts,
  );
  const reached = { host: HOST, port: PORT, tls: "off", peers, ready: [databases], passwords } as const;
  return stores.map((store) => [store.name, connectSqlStore(store, reached)]);
}

function runServer(site: Site, rootPassword: Output<string>, opts: CustomResourceOptions): Resource {
  const { plan, cluster } = site;
  const owner = storeOwner(site, HOST);
  const name = `${plan.name}-${HOST}`;
  const image = site.image("mariadb");
  const connections = mariaDbStores(plan).reduce((sum, store) => sum + store.maxConnections, SPARE_CONNECTIONS);

  const root = new Secret(name, credential(owner, { [ROOT_PASSWORD_KEY]: rootPassword }), opts);
  const account = new ServiceAccount(name, serviceAccount(owner), opts);
  const clients = podsNamed(...usersOf(mariaDbStores(plan)), "databases");
  const ingress = [
    { peers: [clients], port: PORT },
    { peers: [PROMETHEUS], port: MARIADB_METRICS_PORT },
  ];
  const network = new NetworkPolicy(name, allow(owner, ingress, []), opts);
  const address = new Service(name, headlessService(owner, [{ name: "mariadb", port: PORT }]), opts);
  new PodDisruptionBudget(name, disruptionBudget(owner), opts);
  return new StatefulSet(
    name,
    statefulSet({
      owner,
      image,
      serviceAccount: account.metadata.name,
      containers: mariadbContainers(image, connections),
      volumes: mariadbVolumes(root.metadata.name),
      storage: plan.numbers.database.storage,
      storageClass: cluster.storageClass,
      metricsPort: MARIADB_METRICS_PORT,
      drainSeconds: DRAIN_SECONDS,
    }),
    { ...opts, ...STORE_DEADLINE, dependsOn: [network, address] },
  );
}
