import { THEIR_NETWORK as THEIRS, assertRefused } from "../../../test/aws-account.ts";

type Bad = readonly [why: string, config: Record<string, string>, said: RegExp];
const bad: readonly Bad[] = [
  [
    "a region without enough zones",
    { "aws:region": "us-west-1" },
    /slipway:zones: found "3", allowed: at most 2 in us-west-1/,
  ],
  [
    "a network over the cluster's services",
    { "slipway:vpcCidr": "172.20.0.0/16" },
    /slipway:vpcCidr: found "172.20.0.0\/16", allowed: a block that does not overlap 172.20.0.0\/16 \(the cluster's services\)/,
  ],
  [
    "a network over a peer's",
    { "slipway:vpcCidr": "10.0.0.0/16", "slipway:peerCidrs": "10.0.128.0/17" },
    /does not overlap 10.0.128.0\/17 \(slipway:peerCidrs\)/,
  ],
  ["a network that is too small", { "slipway:vpcCidr": "10.0.0.0/24" }, /a block from \/16 to \/18/],
  ["a block with host bits", { "slipway:vpcCidr": "10.0.1.0/16" }, /without host bits/],
  ...["127.0.0.0/16", "224.1.0.0/16", "169.254.0.0/16", "010.0.0.0/16", "10.0.0/16", "fd00::/16", "-10.0.0.0/16"].map(
    (block): Bad => [
      `the network ${block}`,
      { "slipway:vpcCidr": block },
      new RegExp(`slipway:vpcCidr: found "${block}".* Fix: write .slipway:vpcCidr: "10.0.0.0/16"`),
    ],
  ),
  [
    "a network over two peers', and name one over none",
    { "slipway:peerCidrs": "10.0.0.0/8,10.0.0.0/24,172.16.0.0/14" },
    /does not overlap 10.0.0.0\/8 \(slipway:peerCidrs\) or 10.0.0.0\/24 \(slipway:peerCidrs\)\. Fix: write `slipway:vpcCidr: "172.21.0.0\/16"/,
  ],
  [
    "a peer over the cluster's services",
    { "slipway:peerCidrs": "172.16.0.0/12" },
    /slipway:peerCidrs: found "172.16.0.0\/12", allowed: blocks that do not overlap 172.20.0.0\/16/,
  ],
  ["a peer that is none", { "slipway:peerCidrs": "office" }, /slipway:peerCidrs: found "office"/],
  [
    "an existing network without subnets",
    { "slipway:vpcId": "vpc-0123456789abcdef0" },
    /slipway:privateSubnets: found nothing, allowed: two or three different subnets/,
  ],
  [
    "an existing network of one subnet",
    { ...THEIRS, "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710" },
    /slipway:publicSubnets: found "subnet-0b1b2c3d4e5f60710", allowed: two or three/,
  ],
  [
    "an existing network of more subnets than MSK takes",
    { ...THEIRS, "slipway:privateSubnets": `${THEIRS["slipway:privateSubnets"]},subnet-0a1b2c3d4e5f60713` },
    /slipway:privateSubnets: found .*, allowed: two or three/,
  ],
  [
    "an existing network of more subnets than the region has zones",
    { ...THEIRS, "aws:region": "us-west-1" },
    /slipway:privateSubnets: found .*, allowed: two different/,
  ],
  [
    "a subnet that is named twice, and name it",
    {
      ...THEIRS,
      "slipway:privateSubnets": "subnet-0a1b2c3d4e5f60710,subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60710",
    },
    /slipway:privateSubnets: found "[^"]*; subnet-0a1b2c3d4e5f60710 is there 2 times", allowed/,
  ],
  [
    "a subnet that is private and public, and name it",
    { ...THEIRS, "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710,subnet-0a1b2c3d4e5f60711" },
    /slipway:publicSubnets: found "[^"]*; subnet-0a1b2c3d4e5f60711 is in slipway:privateSubnets as well", allowed/,
  ],
  [
    "a subnet that is none, and name it",
    { ...THEIRS, "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710,subnet-xyz" },
    /slipway:publicSubnets: found "[^"]*; subnet-xyz is no id of a subnet", allowed/,
  ],
  [
    "private subnets that are public",
    { ...THEIRS, "slipway:publicSubnets": THEIRS["slipway:privateSubnets"] },
    /slipway:publicSubnets: found .* none of them both private and public/,
  ],
  [
    "subnets of a network that is not named",
    { "slipway:privateSubnets": THEIRS["slipway:privateSubnets"] },
    /slipway:privateSubnets: found "a setting nobody reads", allowed: only beside slipway:vpcId\. Fix: remove `slipway:privateSubnets` from Pulumi\.prod\.yaml/,
  ],
  [
    "zones of somebody else's network",
    { ...THEIRS, "slipway:zones": "2" },
    /slipway:zones: found "a setting nobody reads", allowed: only without slipway:vpcId/,
  ],
  [
    "an existing network of unknown addresses",
    { "slipway:vpcId": "vpc-0123456789abcdef0" },
    /slipway:vpcCidr: found nothing, allowed: the address block of vpc-0123456789abcdef0/,
  ],
];

describe("the network of an account", () => {
  for (const [why, config, said] of bad) it(`refuses ${why}`, () => assertRefused(config, said));
});
