import type { SubnetArgs } from "@pulumi/aws/ec2/subnet.js";
import type { Input } from "@pulumi/pulumi";
import { type Block, subnet } from "./cidr.ts";

/** Private ones hold nodes, brokers and databases; public ones load balancers only. */
export type Kind = "private" | "public";

/** Pods get addresses of the network, so private subnets are large (/20: 4,091 addresses); public ones hold load balancers (/24). */
const PRIVATE_BITS = 20;
const PUBLIC_BITS = 24;
/** Public blocks are cut from the last /20 of the network, where no private one lies. */
const publicIndex = (bits: number, zone: number): number =>
  (2 ** (PRIVATE_BITS - bits) - 1) * 2 ** (PUBLIC_BITS - PRIVATE_BITS) + zone;

/** Addresses of the subnet of one kind in one zone, whose number starts from 0. */
export function subnetBlock(kind: Kind, block: Block, zone: number): string {
  return kind === "private"
    ? subnet(block, PRIVATE_BITS, zone)
    : subnet(block, PUBLIC_BITS, publicIndex(block.bits, zone));
}

interface Place {
  readonly kind: Kind;
  readonly vpcId: Input<string>;
  readonly availabilityZone: Input<string>;
  /** Addresses of the whole network. */
  readonly block: Block;
  /** Number of the zone, from 0. */
  readonly zone: number;
}

/** A subnet of one zone; the tag says which load balancers may be put into it. */
export function subnetArguments(name: string, { kind, vpcId, availabilityZone, block, zone }: Place): SubnetArgs {
  return {
    vpcId,
    mapPublicIpOnLaunch: false,
    availabilityZone,
    cidrBlock: subnetBlock(kind, block, zone),
    tags: { Name: name, [kind === "private" ? "kubernetes.io/role/internal-elb" : "kubernetes.io/role/elb"]: "1" },
  };
}
