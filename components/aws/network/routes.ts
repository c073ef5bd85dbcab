import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import type { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { NewNetwork } from "../account/settings.ts";

interface Parts {
  readonly vpc: Vpc;
  readonly plan: NewNetwork;
  readonly privates: readonly Subnet[];
  readonly publics: readonly Subnet[];
}

interface Routes {
  readonly gateways: readonly NatGateway[];
  /** Of the private subnets. */
  readonly tables: readonly RouteTable[];
  /** What a public load balancer has to wait for. */
  readonly internet: readonly Resource[];
}

/** Public subnets reach the internet directly, private ones only outwards, each through its zone's own gateway or the shared one. */
export function routes(name: string, parts: Parts, child: CustomResourceOptions): Routes {
  const door = new InternetGateway(name, { vpcId: parts.vpc.id, tags: { Name: name } }, child);
  const internet = waysIn(name, parts, door, child);
  const gateways = waysOut(name, parts, door, child);
  const tables = parts.privates.map(({ id }, zone) =>
    privateTable(`${name}-private-${zone + 1}`, parts.vpc, { id, gateway: gateways[zone] ?? gateways[0] }, child),
  );
  return { gateways, tables, internet };
}

function waysIn(
  name: string,
  { vpc, publics }: Parts,
  door: InternetGateway,
  child: CustomResourceOptions,
): Resource[] {
  const open = new RouteTable(`${name}-public`, { vpcId: vpc.id, tags: { Name: `${name}-public` } }, child);
  const way = { routeTableId: open.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: door.id };
  return [
    new Route(`${name}-public`, way, child),
    ...publics.map(
      (subnet, zone) =>
        new RouteTableAssociation(`${name}-public-${zone + 1}`, { routeTableId: open.id, subnetId: subnet.id }, child),
    ),
  ];
}

function waysOut(
  name: string,
  { plan, publics }: Parts,
  door: InternetGateway,
  child: CustomResourceOptions,
): NatGateway[] {
  return (plan.nat === "shared" ? publics.slice(0, 1) : publics).map((subnet, zone) => {
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
}

function privateTable(
  name: string,
  { id: vpcId }: Vpc,
  { id: subnetId, gateway }: { readonly id: Subnet["id"]; readonly gateway: NatGateway | undefined },
  child: CustomResourceOptions,
): RouteTable {
  const table = new RouteTable(name, { vpcId, tags: { Name: name } }, child);
  const out = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" };
  if (gateway) new Route(name, { ...out, natGatewayId: gateway.id }, child);
  new RouteTableAssociation(name, { routeTableId: table.id, subnetId }, child);
  return table;
}
