import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SubnetGroup } from "@pulumi/aws/elasticache/subnetGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { STORE_PORT } from "../../../model/names.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { redisStores } from "../../../model/plan/stores.ts";
import { encryptionKey, logWriter } from "../account/encryption-key.ts";
import type { AwsSettings } from "../account/settings.ts";
import { systemTags } from "../account/tags.ts";
import { TYPE } from "../account/type-tokens.ts";
import { allowIn } from "../network/allow-in.ts";
import type { NetworkConnection } from "../network/network.ts";
import { type Cache, cacheLog, runCache } from "./cache.ts";
import type { CachePlan } from "./cache-servers.ts";

interface CachesArgs {
  readonly plan: SystemPlan;
  readonly servers: readonly CachePlan[];
  readonly settings: AwsSettings;
  readonly network: NetworkConnection;
  /** Security group of the pods; nobody else may connect. */
  readonly clients: pulumi.Input<string>;
}

/** The caches of one system: encrypted, private, in two zones, with a user for each service. */
export class Caches extends pulumi.ComponentResource {
  readonly servers: readonly Cache[];

  constructor(
    name: string,
    { plan, servers, settings, network, clients }: CachesArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE.caches, name, { version: settings.cache.version }, opts);
    const child = { parent: this };
    const tags = systemTags(plan.name, plan.owner);
    const description = `Valkey of ${plan.name}`;
    const logs = servers.map(({ identifier }) => cacheLog(identifier));
    const key = encryptionKey(name, settings.accountId, [logWriter(settings, logs)], child);
    const named = { name, vpcId: network.vpcId, description, tags: { ...tags, Name: name } };
    const group = new SecurityGroup(name, named, child);
    const opening = { port: STORE_PORT.redis, description: "Valkey from the cluster", tags };
    allowIn(name, { ...opening, securityGroupId: group.id, from: { referencedSecurityGroupId: clients } }, child);
    const subnetIds = [...network.privateSubnetIds];
    const subnets = new SubnetGroup(name, { name, subnetIds, description, tags }, child);
    const shared = { settings, numbers: plan.numbers, kmsKeyId: key.arn, group: group.id, subnets: subnets.name, tags };
    this.servers = redisStores(plan).flatMap((store) =>
      servers.filter((server) => server.store === store.name).map((server) => runCache(store, server, shared, child)),
    );
    this.registerOutputs({});
  }
}
