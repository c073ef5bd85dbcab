import { VERIFIER } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import type { OutsidePlan } from "../../model/plan/edges/outside.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";

/** Who signs the callers of systems that have no issuer of their own. */
export interface PlatformIssuer {
  /** What its tokens name as their issuer. */
  readonly name: string;
  /** Where its public keys are, or the keys themselves as a JWKS. */
  readonly keys: URL | string;
}

/** True for a system whose callers the platform's issuer signs in. */
export function needsIssuer({ entry }: Pick<SystemPlan, "entry">): boolean {
  return entry?.signIn?.issuer === null;
}

/** The plan in which the program that checks tokens knows whom to believe; keys that are elsewhere make it ask a third party. */
export function withIssuer(plan: SystemPlan, issuer: PlatformIssuer): SystemPlan {
  const told = (workload: WorkloadPlan): WorkloadPlan => ({
    ...workload,
    settings: { ...workload.settings, ...settingsOf(issuer) },
    outside: [...workload.outside, ...thirdParty(issuer)],
  });
  const workloads = plan.workloads.map((workload) => (workload.name === VERIFIER.name ? told(workload) : workload));
  return { ...plan, workloads };
}

function settingsOf({ name, keys }: PlatformIssuer): Record<string, string> {
  const where: Record<string, string> = keys instanceof URL ? { SIGN_IN_JWKS_URL: keys.href } : { SIGN_IN_JWKS: keys };
  return { SIGN_IN_ISSUER: name, ...where };
}

function thirdParty({ keys }: PlatformIssuer): OutsidePlan[] {
  if (!(keys instanceof URL)) return [];
  return [
    {
      name: "issuer",
      host: keys.hostname,
      port: Number(keys.port || 443),
      reason: "only with the issuer's keys can a token be told from a forged one",
      onFailure: "reject",
      timeoutMs: 2000,
      onDev: null,
      answeredBy: null,
    },
  ];
}
