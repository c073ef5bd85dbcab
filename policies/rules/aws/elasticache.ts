import { advice, everywhere, inProduction, limit, notApplicable, resourceRule } from "../../judging/rule.ts";

interface CacheProps {
  readonly atRestEncryptionEnabled?: boolean;
  readonly transitEncryptionEnabled?: boolean;
  readonly transitEncryptionMode?: string;
  readonly authToken?: unknown;
  readonly userGroupIds?: readonly string[];
  readonly automaticFailoverEnabled?: boolean;
  readonly multiAzEnabled?: boolean;
  readonly numCacheClusters?: number;
  readonly replicasPerNodeGroup?: number;
  readonly snapshotRetentionLimit?: number;
  readonly autoMinorVersionUpgrade?: boolean | string;
  readonly parameterGroupName?: string;
  readonly subnetGroupName?: string;
}
interface GroupProps {
  readonly name?: string;
  readonly parameters?: readonly { readonly name?: string; readonly value?: string }[];
}

const cache = resourceRule<CacheProps>();
const common = { items: [30], on: ["aws:elasticache/replicationGroup:ReplicationGroup"] } as const;
const shown = (value: unknown, byDefault: string): string =>
  value === undefined || value === null ? `not set (${byDefault} by default)` : String(value);

export const cacheEncrypted = cache({
  ...common,
  id: "cache-encrypted",
  number: "A40",
  severity: "high",
  levels: everywhere,
  strict: true,
  title: "Caches are encrypted at rest",
  why: "Snapshots and swap hold sessions and personal data; encryption cannot be switched on later without a new cache.",
  fix: `atRestEncryptionEnabled: true`,
  *check({ props: { atRestEncryptionEnabled: found } }) {
    if (found !== true)
      yield { path: "atRestEncryptionEnabled", found: shown(found, "false for Redis OSS"), wanted: "true" };
  },
});

export const cacheTls = cache({
  ...common,
  id: "cache-tls",
  number: "A41",
  severity: "high",
  levels: everywhere,
  title: "Caches refuse connections without TLS",
  why: "Without it passwords and sessions travel in plain text between pods, nodes and zones.",
  fix: `transitEncryptionEnabled: true, transitEncryptionMode: "required"`,
  *check({ props: { transitEncryptionEnabled, transitEncryptionMode } }) {
    if (transitEncryptionEnabled !== true)
      yield {
        path: "transitEncryptionEnabled",
        found: shown(transitEncryptionEnabled, "false for Redis OSS"),
        wanted: "true",
      };
    else if (transitEncryptionMode === "preferred")
      yield { path: "transitEncryptionMode", found: "preferred", wanted: "required" };
  },
});

export const cacheUsers = cache({
  ...common,
  id: "cache-users",
  number: "A42",
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "Caches ask who connects",
  why: "Without users every pod that reaches the port reads all sessions and may delete every key.",
  fix: `userGroupIds: [users.userGroupId]`,
  *check({ props: { userGroupIds, authToken } }) {
    if (!userGroupIds?.length && authToken === undefined)
      yield { path: "userGroupIds", found: "not set", wanted: "a group of users, or an authToken" };
  },
});

export const cacheStandby = cache({
  ...common,
  id: "cache-standby",
  number: "A43",
  severity: "high",
  levels: inProduction,
  title: "Caches have a node in another zone that takes over",
  why: "With one node, or without automatic failover, a lost zone is an empty cache and every request meets the database.",
  fix: `numCacheClusters: 2, automaticFailoverEnabled: true, multiAzEnabled: true`,
  *check({ props }) {
    for (const key of ["automaticFailoverEnabled", "multiAzEnabled"] as const)
      if (props[key] !== true) yield { path: key, found: shown(props[key], "false"), wanted: "true" };
    const copies = props.replicasPerNodeGroup ?? (props.numCacheClusters ?? 1) - 1;
    if (copies < 1) yield { path: "numCacheClusters", found: shown(props.numCacheClusters, "1"), wanted: ">= 2" };
  },
});

export const cacheBackedUp = cache({
  ...common,
  id: "cache-backed-up",
  number: "A44",
  severity: "high",
  levels: inProduction,
  title: "Caches that keep data are copied every night",
  why: "A wrong command empties all nodes at once; without a snapshot nothing is left.",
  fix: `snapshotRetentionLimit: 7`,
  limits: { days: limit("fewest days", 7, 7, 1) },
  *across({ props }, { graph, limit: { days } }) {
    if (throwsAway(policyOf(props, graph.of<GroupProps>("aws:elasticache/parameterGroup:ParameterGroup"))))
      return notApplicable; // whoever lets keys go when memory is full keeps nothing
    const kept = props.snapshotRetentionLimit ?? 0;
    if (kept < days) yield { path: "snapshotRetentionLimit", found: `${kept} days`, wanted: `>= ${days} days` };
  },
});

function policyOf(
  { parameterGroupName }: CacheProps,
  groups: readonly { readonly name: string; readonly props: GroupProps }[],
): string {
  const group = groups.find(({ props, name }) => (props.name ?? name) === parameterGroupName);
  return String(group?.props.parameters?.find(({ name }) => name === "maxmemory-policy")?.value ?? "");
}

const throwsAway = (policy: string): boolean => policy.startsWith("allkeys-");

export const cacheUpgrades = cache({
  ...common,
  id: "cache-upgrades",
  number: "A45",
  severity: "low",
  levels: inProduction,
  title: "Caches take minor upgrades by themselves",
  why: "Security fixes that wait for somebody to remember wait for ever.",
  fix: `autoMinorVersionUpgrade: true`,
  *check({ props: { autoMinorVersionUpgrade: found } }) {
    if (String(found ?? true) !== "true")
      yield { path: "autoMinorVersionUpgrade", found: String(found), wanted: "true" };
  },
});

export const cachePlaced = cache({
  ...common,
  id: "cache-placed",
  number: "A46",
  severity: "medium",
  levels: advice,
  title: "Caches lie in subnets that were chosen for them",
  why: "The default group is every subnet of the default network, public ones included.",
  fix: `subnetGroupName: subnets.name`,
  *check({ props: { subnetGroupName: found } }) {
    if (found === undefined || found === "default")
      yield { path: "subnetGroupName", found: shown(found, "default"), wanted: "a group of private subnets" };
  },
});
