import type { SystemPlan } from "../../../model/plan.ts";

/** Name in Secrets Manager of a secret of a system: "prod/shop/stripe-key". Its whole text is the value. */
export function secretId({ stage, name: system }: Pick<SystemPlan, "stage" | "name">, secret: string): string {
  return `${stage}/${system}/${secret}`;
}

/** The value comes from a file, because arguments are seen by everybody on a machine and kept by its shell. */
const VALUE = "--secret-string file://FILE";

/** The command that makes a secret there, from a file with nothing but its value. */
export function createCommand(id: string): string {
  return `aws secretsmanager create-secret --name ${id} ${VALUE}`;
}

/** The command that gives it another value. */
export function changeCommand(id: string): string {
  return `aws secretsmanager put-secret-value --secret-id ${id} ${VALUE}`;
}

/** The command that takes it away, after the days in which AWS can still bring it back. */
export function deleteCommand(id: string): string {
  return `aws secretsmanager delete-secret --secret-id ${id}`;
}
