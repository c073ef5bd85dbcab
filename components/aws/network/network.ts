import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones.js";
import * as pulumi from "@pulumi/pulumi";
import { settingsFile, writeSetting } from "../../../model/setting-fix.ts";
import { parseBlock } from "./cidr.ts";
import { flowLogs } from "./flow-logs.ts";
import { endpoints } from "./network-endpoints.ts";
import { routes } from "./routes.ts";
import { type Kind, subnetArguments, subnetBlock } from "./subnets.ts";
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
  /** Addresses of the public ones: what the load balancer asks from. */
  readonly publicCidrs: readonly pulumi.Input<string>[];
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

/** A network over several zones: private subnets for everything that runs, public ones for load balancers. */
export class Network extends pulumi.ComponentResource implements NetworkConnection {
  readonly vpcId: pulumi.Output<string>;
  readonly cidr: string;
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  readonly publicCidrs: readonly string[];
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
    // Whatever is put into a network without a group of its own gets this one: it lets nothing in or out.
    new DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [], tags: { Name: `${name}-unused` } }, child);
    const make = (kind: Kind, zone: number): Subnet => {
      const own = `${name}-${kind}-${zone + 1}`;
      const availabilityZone = zones.apply((names) => zoneOf(names, zone, settings.region));
      return new Subnet(own, subnetArguments(own, { kind, vpcId: vpc.id, availabilityZone, block, zone }), child);
    };
    const privates = each.map((zone) => make("private", zone));
    const publics = each.map((zone) => make("public", zone));
    const { gateways, tables, internet } = routes(name, { vpc, plan, privates, publics }, child);

    const place = { vpcId: vpc.id, cidr: plan.cidr, account: settings };
    const [subnetIds, routeTableIds] = [privates.map(({ id }) => id), tables.map(({ id }) => id)];
    endpoints(name, { ...place, subnetIds, routeTableIds }, child);
    flowLogs(name, vpc.id, settings, child);

    this.vpcId = vpc.id;
    this.cidr = plan.cidr;
    this.privateSubnetIds = subnetIds;
    this.publicSubnetIds = publics.map(({ id }) => id);
    this.publicCidrs = each.map((zone) => subnetBlock("public", block, zone));
    this.natGatewayIds = gateways.map(({ id }) => id);
    this.internet = internet;
    this.registerOutputs({ vpcId: vpc.id });
  }
}

function zoneOf(names: readonly string[], zone: number, region: string): string {
  const name = names[zone];
  if (name === undefined)
    throw new pulumi.RunError(
      `slipway:zones: this account has only ${names.length} zones in ${region} (${names.join(", ")}). Fix: ${writeSetting(settingsFile(pulumi.getStack()), "slipway:zones", String(names.length))}`,
    );
  return name;
}
