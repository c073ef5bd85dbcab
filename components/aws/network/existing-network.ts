import { getSubnet } from "@pulumi/aws/ec2/getSubnet.js";
import { getStack, type InvokeOptions } from "@pulumi/pulumi";
import { settingsFile } from "../../../model/setting-fix.ts";
import { lookedUp } from "../account/looked-up.ts";
import type { ExistingNetwork } from "../account/settings.ts";
import type { NetworkConnection } from "./network.ts";

/** Somebody else's network; only AWS knows the addresses of its public subnets, from which the load balancer asks. */
export function existingNetwork(network: ExistingNetwork, opts: InvokeOptions): NetworkConnection {
  const publicCidrs = network.publicSubnetIds.map(
    (id) =>
      lookedUp(getSubnet({ id }, opts), {
        key: "slipway:publicSubnets",
        value: id,
        allowed: `subnets of ${network.vpcId}`,
        fix: `name those of them that are public in slipway:publicSubnets in ${settingsFile(getStack())}: aws ec2 describe-subnets --filters Name=vpc-id,Values=${network.vpcId}`,
      }).cidrBlock,
  );
  return { ...network, publicCidrs, natGatewayIds: [], internet: [] };
}
