import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { NetworkPolicy, PodDisruptionBudget, Secret, Service, ServiceAccount, StatefulSet } from "../kinds.ts";
import { STORE_PORT } from "../../model/names.ts";
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
import type { DatabaseConnection } from "../platform.ts";
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

/** MariaDB with a database and two users for each service that owns one, reachable by these services and by nobody else. */
export function runMariaDb(site: Site, opts: CustomResourceOptions): ReadonlyMap<string, DatabaseConnection> {
  const { plan } = site;
  const password = (user: string): Output<string> =>
    new RandomPassword(`${plan.name}-mariadb-${user}`, PASSWORD, { parent: opts.parent! }).result;
  const root = password("root");
  const passwords = new Map(
    plan.databases.flatMap(({ user, migrator }) => [user, migrator]).map((user) => [user, password(user)]),
  );
  const server = runServer(site, root, opts);

  const peers = [podsNamed(HOST)];
  const administrator = { host: HOST, port: PORT, tls: "off", user: "root", password: root } as const;
  const databases = runOnce(
    site,
    {
      name: "databases",
      files: databasesFile(plan.databases),
      variables: {},
      secrets: administratorCredential(administrator, passwords),
      store: { peers, port: PORT },
      after: [server],
    },
    opts,
  );
  return new Map(
    plan.databases.map(({ owner, name, user, migrator }) => [
      owner,
      {
        host: HOST,
        port: PORT,
        name,
        tls: "off",
        peers,
        ready: [databases],
        app: { user, password: found(passwords, user) },
        migrator: { user: migrator, password: found(passwords, migrator) },
      },
    ]),
  );
}

function runServer(site: Site, rootPassword: Output<string>, opts: CustomResourceOptions): Resource {
  const { plan, cluster } = site;
  const owner = storeOwner(site, HOST);
  const name = `${plan.name}-${HOST}`;
  const image = site.image("mariadb");
  const connections = plan.databases.reduce((sum, database) => sum + database.maxConnections, SPARE_CONNECTIONS);

  const root = new Secret(name, credential(owner, { [ROOT_PASSWORD_KEY]: rootPassword }), opts);
  const account = new ServiceAccount(name, serviceAccount(owner), opts);
  const clients = podsNamed(...plan.databases.map((database) => database.owner), "databases");
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

function found(passwords: ReadonlyMap<string, Output<string>>, user: string): Output<string> {
  const password = passwords.get(user);
  if (!password) throw new Error(`no password was made for "${user}"`);
  return password;
}
