import { RandomPassword } from "@pulumi/random/randomPassword.js";
import * as pulumi from "@pulumi/pulumi";
import { unlessWithheld } from "../components/withheld-secrets.ts";
import type { SystemPlan } from "../model/plan.ts";
import { keptSecrets } from "../toolchain/machine/kept-secrets.ts";
import { missingOnDev, missingSecretsText, setCommand } from "./missing-secrets.ts";

/** 32 letters and digits: 190 bits, and no character that any client or shell would misread. */
const GENERATED = { length: 32, special: false };

/** The secrets of each system on this machine: generated, or as somebody wrote them. What is missing is said before anything is registered. */
export function devSecrets(
  plans: readonly SystemPlan[],
  stack: string,
): (plan: SystemPlan) => (name: string) => pulumi.Output<string> {
  const kept = keptSecrets(stack);
  const missing = missingOnDev(plans, kept);
  if (missing.length > 0) throw new Error(missingSecretsText(missing, (name) => setCommand(name, stack)));
  return (plan) => {
    const made = new Map(
      plan.secrets.map(({ name, onDev }) => {
        const written = kept[`${plan.name}/${name}`];
        if (written !== undefined || onDev === "asked")
          return [name, unlessWithheld(pulumi.output(name), () => written ?? "")] as const;
        return [name, new RandomPassword(`${plan.name}-secret-${name}`, GENERATED).result] as const;
      }),
    );
    return (name) => {
      const value = made.get(name);
      if (!value) throw new Error(`no secret "${name}" is planned for ${plan.name}`);
      return value;
    };
  };
}
