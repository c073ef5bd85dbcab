import { THEIR_NETWORK as THEIRS, assertRefused } from "../../../test/aws-account.ts";

type Bad = readonly [why: string, config: Record<string, string>, said: RegExp];
const bad: readonly Bad[] = [
  ...["0.0.0.0/0", "0.0.0.0/1", "10.1.0.0/24", "203.0.113.0/24", "everybody", "2001:db8::/32"].map(
    (block): Bad => [
      `an API server for ${block}`,
      { "slipway:publicCidrs": block },
      new RegExp(`slipway:publicCidrs: found "${block}".*checkip`),
    ],
  ),
  [
    "an administrator who is no role",
    { "slipway:adminRoles": "arn:aws:iam::111122223333:root" },
    /slipway:adminRoles: found "arn:aws:iam::111122223333:root"/,
  ],
  [
    "two administrators of one name, of whom one would be lost",
    { "slipway:adminRoles": "arn:aws:iam::111122223333:role/Admin,arn:aws:iam::999988887777:role/Admin" },
    /slipway:adminRoles: found "arn:aws:iam::999988887777:role\/Admin", allowed: roles by their ARNs, each of another name/,
  ],
  [
    "a version of somebody else's cluster",
    { ...THEIRS, "slipway:existingCluster": "theirs", "slipway:clusterVersion": "1.35" },
    /slipway:clusterVersion: found "a setting nobody reads", allowed: only without slipway:existingCluster/,
  ],
  [
    "a cluster of no possible name",
    { ...THEIRS, "slipway:existingCluster": "the irs" },
    /slipway:existingCluster: found "the irs"/,
  ],
  [
    "an existing cluster in a new network",
    { "slipway:existingCluster": "theirs" },
    /slipway:vpcId: found nothing, allowed: the network of the cluster theirs/,
  ],
  [
    "images for machines that Auto Mode of an existing cluster has not",
    { "slipway:existingCluster": "theirs", "slipway:imagePlatforms": "linux/arm64" },
    /slipway:imagePlatforms: found "linux\/arm64"/,
  ],
];

describe("the cluster of an account", () => {
  for (const [why, config, said] of bad) it(`refuses ${why}`, () => assertRefused(config, said));
});
