import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { machineTrust } from "../account/trust.ts";

/** What the machines of a cluster may do by themselves: the managed policies of the given names, and nothing else. */
export function nodeRole(
  cluster: string,
  policies: readonly string[],
  opts: CustomResourceOptions,
): { readonly role: Role; readonly attached: readonly RolePolicyAttachment[] } {
  const role = new Role(
    `${cluster}-node`,
    { assumeRolePolicy: machineTrust(), description: "Nodes of the cluster" },
    opts,
  );
  const attached = policies.map(
    (policy) =>
      new RolePolicyAttachment(
        `${cluster}-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        opts,
      ),
  );
  return { role, attached };
}
