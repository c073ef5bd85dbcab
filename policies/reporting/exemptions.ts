/** Written permission to break a rule for a while: who, why, until when. Expiry is decided here and nowhere else. */

import { Graph } from "../resources/graph.ts";
import { judge, type Judgement } from "../judging/judge.ts";
import type { Doubt, Finding } from "../judging/inquiry.ts";
import { providerResource, type Resource, type Source } from "../resources/resource.ts";
import type { Rule } from "../judging/rule.ts";
import * as exemptionRules from "../rules/exemptions.ts";
import type { StatedExemption, Term } from "../rules/exemptions.ts";
import { UNKNOWN } from "../resources/unknown.ts";

export interface Exemption {
  /** Rule id or number. */
  readonly rule: string;
  /** Glob over `kind/namespace/name` or the URN. */
  readonly resource?: string;
  /** Glob over the namespace. */
  readonly namespace?: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, such as 2027-03-31. */
  readonly expires: string;
}

const WARNING_DAYS = 14;
const DAY_MS = 86_400_000;

/** Whether an exemption holds on a day; the last day itself still counts. */
export function termOf({ expires }: Exemption, today: Date): Term {
  const left = (Date.parse(`${expires}T23:59:59Z`) - today.getTime()) / DAY_MS;
  if (!(left > 0)) return "expired";
  return left <= WARNING_DAYS ? "expires soon" : "holds";
}

/** True when an exemption speaks of a finding. */
export function covers(exemption: Exemption, { rule, resource }: Pick<Finding, "rule" | "resource">): boolean {
  if (!names(exemption, rule)) return false;
  const addresses = [`${resource.kind}/${resource.namespace}/${resource.name}`, resource.urn];
  const place = exemption.resource === undefined || addresses.some((name) => glob(exemption.resource ?? "").test(name));
  return place && (exemption.namespace === undefined || glob(exemption.namespace).test(resource.namespace));
}

function names(exemption: Exemption, { id, number }: Rule): boolean {
  return exemption.rule === id || exemption.rule.toUpperCase() === number;
}

/** True when an exemption may yet be needed; a rule that compares resources may find fault with another one than it was asked about. */
function mayCover(exemption: Exemption, { rule, resource }: Doubt): boolean {
  return (
    names(exemption, rule) && (resource === undefined || "across" in rule || covers(exemption, { rule, resource }))
  );
}

function glob(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );
}

export interface Exempted {
  readonly finding: Finding;
  readonly exemption: Exemption;
}
export interface Sorted {
  readonly open: readonly Finding[];
  readonly exempt: readonly Exempted[];
  readonly doubts: readonly Doubt[];
}

/** Takes exempted findings out and adds what is wrong with the exemptions themselves, at their places in the file they come from. */
export function applyExemptions(
  { findings, doubts }: Pick<Judgement, "findings" | "doubts">,
  exemptions: readonly Exemption[],
  rules: readonly Rule[],
  today: Date,
  from?: Source,
): Sorted {
  const open: Finding[] = [];
  const exempt: Exempted[] = [];
  const used = new Set<Exemption>();
  for (const finding of findings) {
    const matching = exemptions.filter((exemption) => covers(exemption, finding));
    for (const exemption of matching) used.add(exemption);
    const valid = finding.rule.strict
      ? undefined
      : matching.find((exemption) => termOf(exemption, today) !== "expired");
    if (valid) exempt.push({ finding, exemption: valid });
    else open.push(finding);
  }
  const need = (exemption: Exemption): boolean | typeof UNKNOWN =>
    used.has(exemption) || (doubts.some((doubt) => mayCover(exemption, doubt)) && UNKNOWN);
  const stated = exemptions.map((exemption, index) =>
    asResource(exemption, index, need(exemption), rules, today, from),
  );
  const about = judge(new Graph(stated), Object.values(exemptionRules), { tier: "standard", facts: {} });
  return { open: [...open, ...about.findings], exempt, doubts: about.doubts };
}

/** An exemption as the rules about exemptions see it. */
function asResource(
  exemption: Exemption,
  index: number,
  used: boolean | typeof UNKNOWN,
  rules: readonly Rule[],
  today: Date,
  from?: Source,
): Resource {
  const rule = rules.find((one) => names(exemption, one));
  const props: Record<keyof StatedExemption, unknown> = {
    rule: exemption.rule,
    place: exemption.resource ?? exemption.namespace ?? "everything",
    expires: exemption.expires,
    today: today.toISOString().slice(0, 10),
    term: termOf(exemption, today),
    allowed: rule === undefined ? "no rule" : rule.strict ? "never" : "yes",
    used,
  };
  return providerResource(
    "Exemption",
    `${exemption.rule} of ${exemption.owner} (exemptions[${index}])`,
    props,
    `exemption/${index}`,
    from && { file: from.file, lineOf: (path) => from.lineOf(`exemptions[${index}].${path}`) },
  );
}
