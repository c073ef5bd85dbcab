import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { allowIn } from "../network/allow-in.ts";

/** What the internet may knock at, and why. */
const OPEN = [
  [80, "redirect to HTTPS"],
  [443, "HTTPS"],
] as const;

interface Way {
  readonly vpcId: Input<string>;
  /** Security group of the pods that requests are handed to, and their port. */
  readonly targets: Input<string>;
  readonly port: number;
}

/** The load balancer's: open to everybody at two ports, and from it to the gateways only. */
export function publicSecurityGroup(
  name: string,
  { vpcId, targets, port }: Way,
  opts: CustomResourceOptions,
): SecurityGroup {
  const group = new SecurityGroup(
    name,
    { name, vpcId, description: "Public load balancer", tags: { Name: name } },
    opts,
  );
  for (const [open, description] of OPEN)
    allowIn(
      `${name}-${open}`,
      { securityGroupId: group.id, from: { cidrIpv4: "0.0.0.0/0" }, port: open, description },
      opts,
    );
  new SecurityGroupEgressRule(
    `${name}-gateways`,
    {
      securityGroupId: group.id,
      referencedSecurityGroupId: targets,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      description: "gateways of the systems",
    },
    opts,
  );
  const from = { referencedSecurityGroupId: group.id };
  allowIn(
    `${name}-gateways`,
    { securityGroupId: targets, from, port, description: "requests from the load balancer" },
    opts,
  );
  return group;
}
