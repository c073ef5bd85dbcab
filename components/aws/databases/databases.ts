import * as pulumi from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import { logNames, runServer, type Server } from "./database-server.ts";
import type { Engine } from "./engine.ts";
import type { ServerPlan } from "./database-servers.ts";
import { sharedByServers } from "./shared-by-servers.ts";
import type { NetworkConnection } from "../network/network.ts";
import type { AwsSettings } from "../account/settings.ts";
import { TYPE } from "../account/type-tokens.ts";

interface DatabasesArgs {
  readonly engine: Engine;
  readonly plan: SystemPlan;
  readonly servers: readonly ServerPlan[];
  readonly settings: AwsSettings;
  readonly network: NetworkConnection;
  /** Security group of the pods; nobody else may connect. */
  readonly clients: pulumi.Input<string>;
}

/** The servers of one engine of one system: encrypted, private, in two zones, backed up, hard to delete. */
export class Databases extends pulumi.ComponentResource {
  readonly servers: readonly Server[];

  constructor(
    name: string,
    { engine, plan, servers, settings, network, clients }: DatabasesArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE.databases, name, { version: engine.version(settings), per: settings.database.per }, opts);
    const child = { parent: this };
    const shared = sharedByServers(
      name,
      { engine, plan, network, clients, settings, logs: servers.flatMap(logNames) },
      child,
    );
    this.servers = servers.map((server) => runServer(server, { plan, settings }, shared, child));
    this.registerOutputs({});
  }
}
