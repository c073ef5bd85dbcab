import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";

interface Opening {
  /** Security group that is opened. */
  readonly securityGroupId: Input<string>;
  /** Whom it is opened to. */
  readonly from: { readonly referencedSecurityGroupId: Input<string> } | { readonly cidrIpv4: string };
  readonly port: number;
  readonly description: string;
  readonly tags?: Record<string, string>;
}

/** Opens one TCP port of a security group to one peer. */
export function allowIn(
  name: string,
  { securityGroupId, from, port, description, tags }: Opening,
  opts: CustomResourceOptions,
): SecurityGroupIngressRule {
  return new SecurityGroupIngressRule(
    name,
    {
      securityGroupId,
      ...from,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      description,
      ...(tags ? { tags } : {}),
    },
    opts,
  );
}
