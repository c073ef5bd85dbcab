import type { Instance } from "@pulumi/aws/rds/instance.js";
import { getSecretVersionOutput } from "@pulumi/aws/secretsmanager/getSecretVersion.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { unlessWithheld } from "../../withheld-secrets.ts";
import { secretField } from "../account/secret-field.ts";

const USERNAME = "slipway_admin";

/** How the administrator's password comes to be, and how it is read. */
export interface Master {
  readonly inputs:
    | { readonly username: string; readonly manageMasterUserPassword: true }
    | { readonly username: string; readonly password: pulumi.Output<string> };
  readonly password: (instance: Instance) => pulumi.Output<string>;
}

/**
 * Managed: RDS makes it, keeps it in Secrets Manager and changes it every seven days; it is read again at every
 * deployment. Generated: for servers with read replicas or blue/green deployments, which RDS refuses to combine with that.
 */
export function masterPassword(
  identifier: string,
  kind: "managed" | "generated",
  opts: pulumi.CustomResourceOptions,
): Master {
  if (kind === "generated") {
    const { result } = new RandomPassword(
      `${identifier}-administrator`,
      { length: 32, special: false },
      opts.parent ? { parent: opts.parent } : {},
    );
    return { inputs: { username: USERNAME, password: result }, password: () => result };
  }
  return {
    inputs: { username: USERNAME, manageMasterUserPassword: true },
    password: (instance) => unlessWithheld(instance.arn, () => managedPassword(instance, identifier)),
  };
}

function managedPassword(instance: Instance, identifier: string): pulumi.Output<string> {
  const secretId = instance.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn ?? "");
  const { secretString } = getSecretVersionOutput({ secretId }, { parent: instance });
  return secretString.apply((text) => administratorPassword(text, identifier));
}

/** What RDS keeps of the administrator in Secrets Manager; what is wrong with it is said without showing it. */
export function administratorPassword(secret: string, server: string): string {
  const password = secretField(secret, "password");
  if (password === null)
    throw new pulumi.RunError(
      `the secret that RDS keeps for ${server} has no password. Fix: aws rds modify-db-instance --db-instance-identifier ${server} --rotate-master-user-password --apply-immediately`,
    );
  return password;
}
