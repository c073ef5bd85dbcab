import { getSecretVersionOutput } from "@pulumi/aws/secretsmanager/getSecretVersion.js";
import * as pulumi from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import { unlessWithheld } from "../../withheld-secrets.ts";

/** Name in Secrets Manager of a secret of a system: "prod/shop/stripe-key". Its whole text is the value. */
export function secretId({ stage, name: system }: Pick<SystemPlan, "stage" | "name">, secret: string): string {
  return `${stage}/${system}/${secret}`;
}

/** The secrets of a system, read when somebody needs one. */
export function serviceSecrets(
  plan: Pick<SystemPlan, "stage" | "name">,
  opts: pulumi.InvokeOptions,
): (name: string) => pulumi.Output<string> {
  return (name) => {
    const id = secretId(plan, name);
    return unlessWithheld(pulumi.output(id), () => getSecretVersionOutput({ secretId: id }, opts).secretString);
  };
}
