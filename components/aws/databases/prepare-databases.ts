import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import { sqlUsers } from "../../sql-stores.ts";
import { administratorCredential, databasesFile } from "../../manifests/stores/databases-job.ts";
import { secretVariables } from "../../manifests/environment.ts";
import { ALWAYS_ANEW, job } from "../../manifests/pods/job.ts";
import type { Owner } from "../../manifests/metadata.ts";
import { allow } from "../../manifests/network-policy.ts";
import { serviceAccount } from "../../manifests/service-account.ts";
import { credential, settingsMap } from "../../manifests/settings.ts";
import type { ImageConnection, Peer } from "../../platform.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import type { Server } from "./database-server.ts";

/** Enough for Node.js and one connection. */
const MEMORY = "192Mi";

interface Parts {
  readonly plan: SystemPlan;
  readonly namespace: Input<string>;
  readonly server: Server;
  readonly image: ImageConnection;
  readonly peers: readonly Peer[];
  /** Password of every user, by its name. */
  readonly passwords: ReadonlyMap<string, Output<string>>;
}

/** A Job in the cluster makes a database, two users and their grants for each owner; it may run again at any time. */
export function prepareDatabases(
  { plan, namespace, server, image, peers, passwords }: Parts,
  opts: CustomResourceOptions,
): Job {
  const { engine } = server;
  const all = engine.stores(plan);
  const stores = all.filter((store) => server.stores.includes(store.name));
  const task = `databases${engine.ending}${stores.length === all.length ? "" : `-${stores[0]?.database.replaceAll("_", "-")}`}`;
  const name = `${plan.name}-${task}`;
  const owner: Owner = { namespace, system: plan.name, name: task, component: "job", team: plan.owner };
  const wanted = sqlUsers(stores);
  const users = new Map([...passwords].filter(([user]) => wanted.includes(user)));
  const administrator = {
    host: server.host,
    port: engine.port,
    tls: "required",
    ...server.administrator,
  } as const;
  const secrets = administratorCredential(administrator, users);

  const files = new ConfigMap(name, settingsMap(owner, databasesFile(engine.name, stores)), opts);
  const secret = new Secret(name, credential(owner, secrets), opts);
  const account = new ServiceAccount(name, serviceAccount(owner), opts);
  const network = new NetworkPolicy(name, allow(owner, [], [{ peers, port: engine.port }]), opts);
  return new Job(
    fittingName(name, MOST.job),
    job({
      owner,
      image,
      memory: MEMORY,
      serviceAccount: account.metadata.name,
      files: files.metadata.name,
      command: ["node", "/app/job.mjs", "databases"],
      env: secretVariables(Object.keys(secrets), secret.metadata.name),
    }),
    { ...opts, ...ALWAYS_ANEW, dependsOn: [network, server.resource] },
  );
}
