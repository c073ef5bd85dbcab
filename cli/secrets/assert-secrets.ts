import { planSystem } from "../../model/plan.ts";
import { missingOnDev, missingSecretsText, setCommand } from "../../stacks/missing-secrets.ts";
import { keptSecrets } from "../../toolchain/machine/kept-secrets.ts";
import { findSystem } from "../project/find-system.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";

/** Ends the command where a stack of this machine lacks a secret, before anything is built: all at once. Those of prod are in AWS, and its program asks there. */
export function assertSecrets({ stack, stage, systems }: Pick<StackSettings, "stack" | "stage" | "systems">): void {
  if (stage !== "dev") return;
  const missing = missingOnDev(
    systems.map((name) => planSystem(findSystem(name), stage)),
    keptSecrets(stack),
  );
  if (missing.length > 0)
    throw new UserError(`slipway: ${missingSecretsText(missing, (name) => setCommand(name, stack))}`);
}
