import { createCommand } from "../../components/aws/account/secret-commands.ts";
import type { SystemPlan } from "../../model/plan.ts";
import type { SecretPlan } from "../../model/plan/secrets.ts";
import { secretsOf, setCommand } from "../../stacks/missing-secrets.ts";
import { idOf } from "./find-secret.ts";

/** What is kept here, by name; null where somebody else keeps it. */
type Kept = Readonly<Record<string, string>> | null;

/** One line for each secret: name, state, readers, and for what is not there the command that makes it. Never a value. */
export function secretLines(plans: readonly Pick<SystemPlan, "name" | "secrets">[], kept: Kept): string {
  const secrets = secretsOf(plans);
  const forgotten = Object.keys(kept ?? {}).filter((name) => !secrets.some((secret) => secret.name === name));
  const rows = [
    ...secrets.map((secret) => [secret.name, ...stateOf(secret, kept)]),
    ...forgotten.map((name) => [name, "set", "read by nobody", `npx slipway secret rm ${name}`]),
  ];
  if (rows.length === 0) return "No description reads a secret.";
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function stateOf({ name, onDev, readers }: SecretPlan, kept: Kept): string[] {
  const read = `read by ${readers.join(", ")}`;
  if (kept === null) return ["on AWS", read, createCommand(idOf("prod", name))];
  if (Object.hasOwn(kept, name)) return [`${onDev}, set`, read];
  return onDev === "asked" ? ["asked, missing", read, setCommand(name, "dev")] : ["generated", read];
}
