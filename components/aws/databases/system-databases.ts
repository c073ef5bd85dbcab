import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import type { ImageConnection, Peer, StoreConnection } from "../../platform.ts";
import { sqlUsers } from "../../sql-stores.ts";
import { passwordOf } from "../account/password.ts";
import type { Foundation } from "../foundation.ts";
import { watchDatabases } from "../watch/database-watch.ts";
import { connectDatabases } from "./connect-databases.ts";
import { Databases } from "./databases.ts";
import { type Engine, ENGINES } from "./engine.ts";
import { prepareDatabases } from "./prepare-databases.ts";

interface Place {
  readonly plan: SystemPlan;
  readonly foundation: Foundation;
  readonly namespace: Input<string>;
  /** Of the Jobs that make databases and users. */
  readonly image: () => ImageConnection;
  readonly peers: readonly Peer[];
  readonly parent: Resource;
}

/** The servers of every engine that a system has databases of, watched, with their databases and users. */
export function systemDatabases(
  place: Place,
  inside: CustomResourceOptions,
): [name: string, connection: StoreConnection][] {
  return ENGINES.flatMap((engine) => (engine.stores(place.plan).length > 0 ? databasesOf(engine, place, inside) : []));
}

function databasesOf(
  engine: Engine,
  { plan, foundation, namespace, image, peers, parent }: Place,
  inside: CustomResourceOptions,
): [name: string, connection: StoreConnection][] {
  const { settings, network, cluster, alarms } = foundation;
  const name = `slipway-${plan.name}${engine.ending}`;
  const servers = (foundation.servers.get(plan.name) ?? []).filter((server) => server.engine === engine);
  const parts = { engine, plan, servers, settings, network, clients: cluster.securityGroupId };
  const databases = new Databases(name, parts, { parent });
  watchDatabases(name, databases, { settings, alarms });
  const stores = engine.stores(plan);
  const users = sqlUsers(stores);
  const passwords = new Map(users.map((user) => [user, passwordOf(`${plan.name}-${engine.name}-${user}`, parent)]));
  return databases.servers.flatMap((server) => {
    const ready = [prepareDatabases({ plan, namespace, server, image: image(), peers, passwords }, inside)];
    return connectDatabases(stores, server, { peers, ready, passwords });
  });
}
