import type { SystemPlan } from "../model/plan.ts";
import type { SecretPlan } from "../model/plan/secrets.ts";

/** A secret that somebody has to give before its system can run. */
export interface MissingSecret {
  /** `<system>/<name>`. */
  readonly name: string;
  readonly readers: readonly string[];
}

/** Secrets that are asked for on dev and that nobody has written on this machine. */
export function missingOnDev(
  plans: readonly Pick<SystemPlan, "name" | "secrets">[],
  kept: Readonly<Record<string, string>>,
): MissingSecret[] {
  return secretsOf(plans).filter(({ name, onDev }) => onDev === "asked" && !Object.hasOwn(kept, name));
}

/** Every secret of these systems, by `<system>/<name>`. */
export function secretsOf(plans: readonly Pick<SystemPlan, "name" | "secrets">[]): SecretPlan[] {
  return plans.flatMap(({ name: system, secrets }) =>
    secrets.map((secret) => ({ ...secret, name: `${system}/${secret.name}` })),
  );
}

/** All that are missing, each with the command that makes it. */
export function missingSecretsText(missing: readonly MissingSecret[], fix: (name: string) => string): string {
  return [
    `${missing.length} ${missing.length === 1 ? "secret is" : "secrets are"} missing; nothing was deployed:`,
    ...missing.map(
      ({ name, readers }) =>
        `  ${name}, which ${readers.join(" and ")} ${readers.length === 1 ? "reads" : "read"}. Fix: ${fix(name)}`,
    ),
  ].join("\n");
}

/** The command that makes one on dev. */
export function setCommand(name: string, stack: string): string {
  return `npx slipway secret set ${name}${stack === "dev" ? "" : ` --stack ${stack}`}`;
}
