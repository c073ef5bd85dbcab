import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const cache = (name: string): string => `ReplicationGroup/cart ${name}`;

// biome-ignore format: one case a line
export const cases: Cases = {
  "cache-encrypted": { fails: { [cache("atRestEncryptionEnabled")]: undefined }, boundary: { [cache("atRestEncryptionEnabled")]: true } },
  "cache-tls": { fails: { [cache("transitEncryptionMode")]: "preferred" }, boundary: { [cache("transitEncryptionMode")]: undefined } },
  "cache-users": { fails: { [cache("userGroupIds")]: [] }, boundary: { [cache("userGroupIds")]: undefined, [cache("authToken")]: "secret" } },
  "cache-standby": { fails: { [cache("numCacheClusters")]: 1 }, boundary: { [cache("numCacheClusters")]: undefined, [cache("replicasPerNodeGroup")]: 1 } },
  "cache-backed-up": { fails: { [cache("snapshotRetentionLimit")]: 6 }, boundary: { [cache("snapshotRetentionLimit")]: 7 }, unknown: { [cache("snapshotRetentionLimit")]: UNKNOWN } },
  "cache-upgrades": { fails: { [cache("autoMinorVersionUpgrade")]: "false" }, boundary: { [cache("autoMinorVersionUpgrade")]: undefined } },
  "cache-placed": { fails: { [cache("subnetGroupName")]: "default" }, boundary: { [cache("subnetGroupName")]: "shop" } },
};
