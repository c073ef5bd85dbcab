import { advice, everywhere, notApplicable, resourceRule } from "../judging/rule.ts";

export type Term = "holds" | "expires soon" | "expired";
/** An exemption as written, with what only the whole report knows. */
export interface StatedExemption {
  readonly rule: string;
  /** Glob of resources or namespaces. */
  readonly place: string;
  readonly expires: string;
  readonly today: string;
  readonly term: Term;
  /** Whether its rule allows exemptions, or is none. */
  readonly allowed: "yes" | "never" | "no rule";
  /** Whether some finding needs it; unknown while its rule cannot be answered. */
  readonly used: boolean;
}

const rule = resourceRule<StatedExemption>();
const FIX = `exemptions: [{ rule: "replica-floor", resource: "Deployment/tools/*", reason: "batch tool, restarts are fine", owner: "platform", expires: "2027-03-31" }]`;
const common = { items: [], on: ["Exemption"], fix: FIX, strict: true } as const;

export const exemptionExpired = rule({
  ...common,
  id: "exemption-expired",
  number: "E01",
  severity: "high",
  levels: everywhere,
  title: "No exemption is used after its last day",
  why: "An exemption without an end is a rule that nobody keeps.",
  *check({ props: { allowed, term, expires, today } }) {
    if (allowed !== "yes") return notApplicable;
    if (term === "expired") yield { path: "expires", found: expires, wanted: `a date after ${today}, or no exemption` };
  },
});

export const exemptionExpiring = rule({
  ...common,
  id: "exemption-expiring",
  number: "E02",
  severity: "low",
  levels: advice,
  title: "An exemption that ends within two weeks is renewed or made needless",
  why: "On the day after its last one the deployment fails.",
  *check({ props: { allowed, used, term, expires } }) {
    if (allowed !== "yes" || !used) return notApplicable;
    if (term === "expires soon")
      yield { path: "expires", found: expires, wanted: "a resource that keeps the rule, or a later date" };
  },
});

export const exemptionUnused = rule({
  ...common,
  id: "exemption-unused",
  number: "E03",
  severity: "medium",
  levels: everywhere,
  title: "Every exemption is needed",
  why: "A needless exemption hides the next fault of the same kind.",
  *check({ props: { allowed, term, used, place, rule: id } }) {
    if (allowed !== "yes" || term === "expired") return notApplicable;
    if (!used) yield { path: "resource", found: `${place} breaks ${id} nowhere`, wanted: "no exemption" };
  },
});

export const exemptionMisplaced = rule({
  ...common,
  id: "exemption-misplaced",
  number: "E04",
  severity: "high",
  levels: everywhere,
  title: "Every exemption names a rule that allows one",
  why: "An exemption with a typo, or from a rule without exceptions, does not do what its author believes.",
  *check({ props: { allowed, rule: id } }) {
    if (allowed === "no rule")
      yield { path: "rule", found: `${id}, which is no rule`, wanted: "the id or number of a rule" };
    if (allowed === "never")
      yield { path: "rule", found: `${id}, from which nobody can be exempted`, wanted: "a change of the resource" };
  },
});
