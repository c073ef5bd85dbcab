import type { SystemPlan } from "../../model/plan.ts";
import { DEV_ISSUER, devKeys } from "../../toolchain/machine/dev-issuer.ts";
import { needsIssuer, withIssuer } from "./platform-issuer.ts";

/** The plans with the issuer of this machine where a system has none of its own: its public keys alone go there. */
export async function withIssuerOfDev(plans: readonly SystemPlan[]): Promise<readonly SystemPlan[]> {
  if (!plans.some(needsIssuer)) return plans;
  const issuer = { name: DEV_ISSUER, keys: JSON.stringify(await devKeys()) };
  return plans.map((plan) => (needsIssuer(plan) ? withIssuer(plan, issuer) : plan));
}
