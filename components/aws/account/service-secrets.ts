import { getSecret } from "@pulumi/aws/secretsmanager/getSecret.js";
import { getSecretVersion } from "@pulumi/aws/secretsmanager/getSecretVersion.js";
import * as pulumi from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import { secretsWithheld, unlessWithheld } from "../../withheld-secrets.ts";
import { reason } from "./looked-up.ts";
import { createCommand, secretId } from "./secret-commands.ts";

type Planned = Pick<SystemPlan, "stage" | "name" | "secrets">;
interface Wanted {
  readonly id: string;
  readonly readers: readonly string[];
}

/** Value of a secret of one system by its name. */
export type SecretOf = (name: string) => pulumi.Output<string>;

/**
 * The secrets of all systems, read before anything is declared, so that all that are missing are told at once and nothing
 * is half made. A preview that withholds secrets only looks whether they are there; a plan without an account asks nothing.
 */
export async function serviceSecrets(
  plans: readonly Planned[],
  region: string,
  planOnly: boolean,
): Promise<(plan: Planned) => SecretOf> {
  const wanted = plans.flatMap((plan) =>
    plan.secrets.map(({ name, readers }) => ({ id: secretId(plan, name), readers })),
  );
  const values = new Map<string, string>();
  const faults: string[] = [];
  const look = async (secret: Wanted) => {
    try {
      values.set(secret.id, planOnly ? "" : await read(secret.id, region));
    } catch (error) {
      faults.push(fault(secret, error));
    }
  };
  await Promise.all(wanted.map(look));
  if (faults.length > 0)
    throw new pulumi.RunError(
      ["secrets of services cannot be had; nothing was deployed:", ...faults.toSorted()].join("\n"),
    );
  return (plan) => (name) => {
    const value = values.get(secretId(plan, name));
    if (value === undefined) throw new Error(`no secret "${name}" is planned for ${plan.name}`);
    return unlessWithheld(pulumi.output(name), () => value);
  };
}

async function read(id: string, region: string): Promise<string> {
  if (secretsWithheld()) return (await getSecret({ name: id, region })).id && "";
  const { secretString } = await getSecretVersion({ secretId: id, region });
  if (secretString === "") throw new Error("it is there and holds no text");
  return secretString;
}

function fault({ id, readers }: Wanted, error: unknown): string {
  const needed = `${readers.join(" and ")} ${readers.length === 1 ? "reads" : "read"}`;
  return `  ${id}, which ${needed}: allowed: a text in Secrets Manager under that name (${reason(error)}). Fix: ${createCommand(id)}`;
}
