import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones.js";
import * as pulumi from "@pulumi/pulumi";
import { parseBlock, subnet } from "./cidr.ts";
import { flowLogs } from "./flow-logs.ts";
import { endpoints } from "./network-endpoints.ts";
import type { AwsSettings, NewNetwork } from "../account/settings.ts";
import { TYPE } from "../account/type-tokens.ts";

/** Where everything is put. */
export interface NetworkConnection {
  readonly vpcId: pulumi.Input<string>;
  readonly cidr: string;
  /** One for each zone: nodes, brokers and databases. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  /** One for each zone: load balancers only. */
  readonly publicSubnetIds: readonly pulumi.Input<string>[];
  readonly natGatewayIds: readonly pulumi.Input<string>[];
  /** Way from the public subnets to the internet, where it is ours: AWS makes no public load balancer before there is one. */
  readonly internet: readonly pulumi.Resource[];
}

/** Neither Local Zones, which an account may have opted into, nor the zones in which EKS has no control plane (by their ids: the letters differ by account). */
const WHOLE_ZONES = {
  state: "available",
  filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
  excludeZoneIds: ["use1-az3", "usw1-az2", "cac1-az3"],
};

/** Pods get addresses of the network, so private subnets are large (/20: 4,091 addresses); public ones hold load balancers (/24). */
const PRIVATE_BITS = 20;
const PUBLIC_BITS = 24;
/** Public blocks are cut from the last /20 of the network, where no private one lies. */
const publicIndex = (bits: number, zone: number): number =>
  (2 ** (PRIVATE_BITS - bits) - 1) * 2 ** (PUBLIC_BITS - PRIVATE_BITS) + zone;

/** A network over several zones: private subnets for everything that runs, public ones for load balancers. */
export class Network extends pulumi.ComponentResource implements NetworkConnection {
  readonly vpcId: pulumi.Output<string>;
  readonly cidr: string;
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  readonly natGatewayIds: readonly pulumi.Output<string>[];
  readonly internet: readonly pulumi.Resource[];

  constructor(
    name: string,
    { settings, plan }: { settings: AwsSettings; plan: NewNetwork },
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE.network, name, { cidr: plan.cidr, zones: plan.zones, nat: plan.nat }, opts);
    const child = { parent: this };
    const block = parseBlock(plan.cidr) ?? { start: 0, bits: 0 };
    const zones = getAvailabilityZonesOutput(WHOLE_ZONES, child).names;
    const each = Array.from({ length: plan.zones }, (_, zone) => zone);

    const vpc = new Vpc(
      name,
      { cidrBlock: plan.cidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: name } },
      { ...child, protect: true },
    );
    const make = (kind: "private" | "public", zone: number): Subnet =>
      new Subnet(
        `${name}-${kind}-${zone + 1}`,
        {
          vpcId: vpc.id,
          mapPublicIpOnLaunch: false,
          availabilityZone: zones.apply((names) => zoneOf(names, zone, settings.region)),
          cidrBlock:
            kind === "private"
              ? subnet(block, PRIVATE_BITS, zone)
              : subnet(block, PUBLIC_BITS, publicIndex(block.bits, zone)),
          tags: {
            Name: `${name}-${kind}-${zone + 1}`,
            [kind === "private" ? "kubernetes.io/role/internal-elb" : "kubernetes.io/role/elb"]: "1",
          },
        },
        child,
      );
    const privates = each.map((zone) => make("private", zone));
    const publics = each.map((zone) => make("public", zone));
    const { gateways, tables, internet } = routes(name, { vpc, plan, privates, publics }, child);

    endpoints(
      name,
      {
        vpcId: vpc.id,
        cidr: plan.cidr,
        region: settings.region,
        subnetIds: privates.map(({ id }) => id),
        routeTableIds: tables.map(({ id }) => id),
      },
      child,
    );
    flowLogs(name, vpc.id, settings, child);

    this.vpcId = vpc.id;
    this.cidr = plan.cidr;
    this.privateSubnetIds = privates.map(({ id }) => id);
    this.publicSubnetIds = publics.map(({ id }) => id);
    this.natGatewayIds = gateways.map(({ id }) => id);
    this.internet = internet;
    this.registerOutputs({ vpcId: vpc.id });
  }
}

interface Parts {
  readonly vpc: Vpc;
  readonly plan: NewNetwork;
  readonly privates: readonly Subnet[];
  readonly publics: readonly Subnet[];
}

/** Public subnets reach the internet directly, private ones only outwards, each through its zone's own gateway or the shared one. */
function routes(
  name: string,
  { vpc, plan, privates, publics }: Parts,
  child: pulumi.CustomResourceOptions,
): { gateways: NatGateway[]; tables: RouteTable[]; internet: pulumi.Resource[] } {
  const door = new InternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, child);
  const open = new RouteTable(`${name}-public`, { vpcId: vpc.id, tags: { Name: `${name}-public` } }, child);
  const way = new Route(
    `${name}-public`,
    { routeTableId: open.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: door.id },
    child,
  );
  const joined = publics.map(
    (subnet, zone) =>
      new RouteTableAssociation(`${name}-public-${zone + 1}`, { routeTableId: open.id, subnetId: subnet.id }, child),
  );

  const gateways = (plan.nat === "shared" ? publics.slice(0, 1) : publics).map((subnet, zone) => {
    const address = new Eip(
      `${name}-nat-${zone + 1}`,
      { domain: "vpc", tags: { Name: `${name}-nat-${zone + 1}` } },
      { ...child, dependsOn: door },
    );
    return new NatGateway(
      `${name}-${zone + 1}`,
      { subnetId: subnet.id, allocationId: address.allocationId, tags: { Name: `${name}-${zone + 1}` } },
      child,
    );
  });
  const tables = privates.map((subnet, zone) => {
    const table = new RouteTable(
      `${name}-private-${zone + 1}`,
      { vpcId: vpc.id, tags: { Name: `${name}-private-${zone + 1}` } },
      child,
    );
    const gateway = gateways[zone] ?? gateways[0];
    if (gateway)
      new Route(
        `${name}-private-${zone + 1}`,
        { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id },
        child,
      );
    new RouteTableAssociation(`${name}-private-${zone + 1}`, { routeTableId: table.id, subnetId: subnet.id }, child);
    return table;
  });
  return { gateways, tables, internet: [way, ...joined] };
}

function zoneOf(names: readonly string[], zone: number, region: string): string {
  const name = names[zone];
  if (name === undefined)
    throw new pulumi.RunError(
      `slipway:zones: this account has only ${names.length} zones in ${region} (${names.join(", ")}). Fix: pulumi config set slipway:zones ${names.length} -s prod`,
    );
  return name;
}
