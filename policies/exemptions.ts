/** Written permission to break a rule for a while: who, why, until when. Expiry is decided here and nowhere else. */

import type { Finding } from "./judge.ts";
import type { Resource } from "./resource.ts";
import type { Rule } from "./rule.ts";
import { exemptionExpired, exemptionExpiring, exemptionMisplaced, exemptionUnused } from "./rules/exemptions.ts";

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

export type Term = "holds" | "expires soon" | "expired";

/** Whether an exemption holds on a day; the last day itself still counts. */
export function termOf({ expires }: Exemption, today: Date): Term {
  const left = (Date.parse(`${expires}T23:59:59Z`) - today.getTime()) / DAY_MS;
  if (!(left > 0)) return "expired";
  return left <= WARNING_DAYS ? "expires soon" : "holds";
}

/** True when an exemption speaks of a finding. */
export function covers(exemption: Exemption, { rule, resource }: Pick<Finding, "rule" | "resource">): boolean {
  if (exemption.rule !== rule.id && exemption.rule.toUpperCase() !== rule.number) return false;
  const names = [`${resource.kind}/${resource.namespace}/${resource.name}`, resource.urn];
  const place = exemption.resource === undefined || names.some((name) => glob(exemption.resource ?? "").test(name));
  return place && (exemption.namespace === undefined || glob(exemption.namespace).test(resource.namespace));
}

function glob(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

export interface Exempted { readonly finding: Finding; readonly exemption: Exemption }
export interface Sorted { readonly open: readonly Finding[]; readonly exempt: readonly Exempted[] }

/** Takes exempted findings out and adds what is wrong with the exemptions themselves. */
export function applyExemptions(findings: readonly Finding[], exemptions: readonly Exemption[], rules: readonly Rule[], today: Date): Sorted {
  const open: Finding[] = [];
  const exempt: Exempted[] = [];
  const used = new Set<Exemption>();
  for (const finding of findings) {
    const matching = exemptions.filter((exemption) => covers(exemption, finding));
    for (const exemption of matching) used.add(exemption);
    const valid = finding.rule.strict ? undefined : matching.find((exemption) => termOf(exemption, today) !== "expired");
    if (valid) exempt.push({ finding, exemption: valid });
    else open.push(finding);
  }
  return { open: [...open, ...exemptions.flatMap((exemption, index) => faults(exemption, index, used.has(exemption), rules, today))], exempt };
}

function faults(exemption: Exemption, index: number, used: boolean, rules: readonly Rule[], today: Date): Finding[] {
  const resource: Resource = { urn: `exemption/${index}`, kind: "Exemption", apiVersion: "", name: `${exemption.rule} of ${exemption.owner}`, namespace: "", metadata: {}, props: {} };
  const finding = (rule: Rule, path: string, found: string, wanted: string): Finding[] => [{ rule, resource, level: rule === exemptionExpiring ? "advisory" : "mandatory", path: `exemptions[${index}].${path}`, found, wanted }];
  const rule = rules.find(({ id, number }) => id === exemption.rule || number === exemption.rule.toUpperCase());
  if (!rule) return finding(exemptionMisplaced, "rule", `${exemption.rule}, which is no rule`, "the id or number of a rule");
  if (rule.strict) return finding(exemptionMisplaced, "rule", `${rule.id}, from which nobody can be exempted`, "a change of the resource");
  const term = termOf(exemption, today);
  if (term === "expired") return finding(exemptionExpired, "expires", exemption.expires, `a date after ${today.toISOString().slice(0, 10)}, or no exemption`);
  if (!used) return finding(exemptionUnused, "resource", `${exemption.resource ?? exemption.namespace ?? "everything"} breaks ${rule.id} nowhere`, "no exemption");
  return term === "expires soon" ? finding(exemptionExpiring, "expires", exemption.expires, "a resource that keeps the rule, or a later date") : [];
}
