import { secretId } from "../../components/aws/account/secret-commands.ts";
import { nearest } from "../../model/nearest.ts";
import type { SecretPlan } from "../../model/plan/secrets.ts";
import type { Stage } from "../../model/stage.ts";
import { secretsOf } from "../../stacks/missing-secrets.ts";
import { UserError } from "../terminal/user-error.ts";
import { plansOf } from "./plans-of.ts";

/** The secret of that name, `<system>/<name>`; a fault lists those that descriptions name. */
export function findSecret(name: string, stage: Stage): SecretPlan {
  const known = secretsOf(plansOf(stage));
  const found = known.find((secret) => secret.name === name);
  if (found) return found;
  const names = known.map((secret) => secret.name);
  const guess = nearest(name, names);
  const there = names.length === 0 ? "no description names one" : `there are: ${names.join(", ")}`;
  throw new UserError(
    `slipway: no description reads a secret "${name}"${guess ? ` (did you mean "${guess}"?)` : ""}; ${there}. Fix the name, or write secret("<name>") where a service reads it; here it is <system>/<name>.`,
  );
}

/** Its name in AWS Secrets Manager. */
export function idOf(stage: Stage, name: string): string {
  const [system = "", ...rest] = name.split("/");
  return secretId({ stage, name: system }, rest.join("/"));
}
