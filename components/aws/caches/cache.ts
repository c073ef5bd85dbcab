import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { ParameterGroup } from "@pulumi/aws/elasticache/parameterGroup.js";
import { ReplicationGroup } from "@pulumi/aws/elasticache/replicationGroup.js";
import { User } from "@pulumi/aws/elasticache/user.js";
import { UserGroup } from "@pulumi/aws/elasticache/userGroup.js";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { StorePlan } from "../../../model/plan/stores.ts";
import type { StageNumbers } from "../../../model/stage.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import { accessString } from "../../manifests/stores/redis-users.ts";
import { finalSnapshotOf } from "../account/final-snapshot.ts";
import { passwordOf } from "../account/password.ts";
import type { AwsSettings } from "../account/settings.ts";
import { CACHE_NODES, cacheArguments, cacheParameters } from "./cache-arguments.ts";
import type { CachePlan } from "./cache-servers.ts";

const LOG_DAYS = 30;

/** One cache of one store, as its users reach it. */
export interface Cache {
  readonly identifier: string;
  readonly store: StorePlan;
  /** Its nodes by the names that CloudWatch gives them. */
  readonly nodes: readonly string[];
  readonly host: Output<string>;
  /** By user. */
  readonly passwords: ReadonlyMap<string, Output<string>>;
  readonly resource: Resource;
}

/** What all caches of a system have in common. */
interface Shared {
  readonly settings: AwsSettings;
  readonly numbers: StageNumbers;
  readonly kmsKeyId: Input<string>;
  readonly group: Input<string>;
  readonly subnets: Input<string>;
  readonly tags: Record<string, string>;
}

/** One cache with its users and its log of slow commands; nothing deletes by a slip what is to be kept. */
export function runCache(
  store: StorePlan,
  { identifier, maintenanceWindow }: CachePlan,
  { settings, numbers, kmsKeyId, group, subnets, tags }: Shared,
  child: { readonly parent: Resource },
): Cache {
  const { keeps } = store;
  const kept = { name: cacheLog(identifier), retentionInDays: LOG_DAYS, kmsKeyId, tags };
  const log = new LogGroup(`${identifier}-slow`, kept, child);
  // Without a name of its own: a cache of another version needs another group before it can leave this one.
  const family = `valkey${settings.cache.version.split(".")[0]}`;
  const parameters = new ParameterGroup(
    identifier,
    { family, parameters: cacheParameters(keeps), description: `Valkey of ${store.name}`, tags },
    child,
  );
  const { users, passwords } = cacheUsers(store, identifier, tags, child);
  const resource = new ReplicationGroup(
    identifier,
    {
      ...cacheArguments({ identifier, settings, numbers, keeps }),
      ...(keeps === "nothing" ? {} : { finalSnapshotIdentifier: finalSnapshotOf(identifier, child.parent) }),
      description: `store ${store.name}`,
      kmsKeyId,
      maintenanceWindow,
      subnetGroupName: subnets,
      parameterGroupName: parameters.name,
      securityGroupIds: [group],
      userGroupIds: [users.userGroupId],
      logDeliveryConfigurations: [
        { destination: log.name, destinationType: "cloudwatch-logs", logFormat: "json", logType: "slow-log" },
      ],
      tags,
    },
    { ...child, protect: keeps !== "nothing" },
  );
  const nodes = Array.from({ length: CACHE_NODES }, (_, index) => `${identifier}-00${index + 1}`);
  return { identifier, store, nodes, host: resource.primaryEndpointAddress, passwords, resource };
}

/** Whoever is not among them gets in nowhere: Valkey's groups need no user for those without a name. */
function cacheUsers(
  { users }: StorePlan,
  identifier: string,
  tags: Record<string, string>,
  child: { readonly parent: Resource } & CustomResourceOptions,
): { users: UserGroup; passwords: ReadonlyMap<string, Output<string>> } {
  const passwords = new Map(users.map(({ user }) => [user, passwordOf(`${identifier}-cache-${user}`, child.parent)]));
  const made = users.map(({ user, may }) => {
    const userId = fittingName(`${identifier}-${user.replaceAll("_", "-")}`, MOST.cache);
    const rights = { userId, userName: user, engine: "valkey", accessString: accessString(may), tags };
    return new User(`${identifier}-${user}`, { ...rights, passwords: [passwords.get(user) ?? ""] }, child);
  });
  const userIds = made.map((user) => user.userId);
  const group = new UserGroup(identifier, { userGroupId: identifier, engine: "valkey", userIds, tags }, child);
  return { users: group, passwords };
}

/** Where a cache writes what was slow. */
export function cacheLog(identifier: string): string {
  return `/slipway/${identifier}/slow-log`;
}
