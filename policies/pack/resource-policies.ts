/** The rules that need nothing but one resource: they block before it is created. */

import type { ReportViolation, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { address } from "../documentation/address.ts";
import { applyExemptions } from "../reporting/exemptions.ts";
import { Graph } from "../resources/graph.ts";
import { judge } from "../judging/judge.ts";
import { engineResource } from "../read/pulumi.ts";
import type { Props } from "../resources/resource.ts";
import { tokensOf, WORKLOAD_KINDS, KUBERNETES_KINDS } from "../resources/resource-types.ts";
import type { Rule } from "../judging/rule.ts";
import { RULES } from "../rules.ts";
import { remedyFor } from "./remedies.ts";
import { configSchema } from "./config-schema.ts";
import { rememberDeclared } from "./declared.ts";
import { raw } from "./raw.ts";
import { configuration, settingsOf } from "./stack-settings.ts";
import { violation } from "./violation.ts";

/** Rules that need nothing but one resource of a kind. */
export function rulesOf(kind: string): readonly Rule[] {
  return RULES.filter(
    (rule) =>
      "check" in rule &&
      (rule.on[0] === "*" || rule.on.includes(kind) || (typeof rule.on === "string" && WORKLOAD_KINDS.includes(kind))),
  );
}

/** Types with at least one such rule. */
export function typedKinds(): readonly string[] {
  const named = RULES.flatMap((rule) => ("check" in rule && typeof rule.on !== "string" ? rule.on : []));
  return [...new Set([...KUBERNETES_KINDS, ...named])].filter(
    (kind) => kind !== "*" && tokensOf(kind).length > 0 && rulesOf(kind).length > 0,
  );
}

/** Rules and remedy of each type. */
const TYPES = new Map(
  typedKinds().flatMap((kind) =>
    tokensOf(kind).map((token) => [token, { rules: rulesOf(kind), remedy: remedyFor(kind) }] as const),
  ),
);

/**
 * All of them in one policy. The SDK answers the engine about every policy that does not apply to a resource: a policy for each
 * type is sixty answers for each resource, and they cost ten times what the rules cost.
 */
export function resourcePolicy(): ResourceValidationPolicy {
  return {
    name: "resource-rules",
    displayName: "Rules that need nothing but one resource",
    description: `Rules about one resource, for ${TYPES.size} types`,
    enforcementLevel: "mandatory",
    configSchema,
    url: address("docs/policies.md"),
    validateResource: judgeResource,
    remediateResource: ({ type, props }) => TYPES.get(type)?.remedy?.(props as Props),
  };
}

function judgeResource(args: ResourceValidationArgs, report: ReportViolation): void {
  const props = raw(args.props) as Props;
  rememberDeclared(args.type, args.urn, props);
  const rules = TYPES.get(args.type)?.rules;
  const resource = rules && engineResource(args.type, args.urn, props);
  if (!resource) return;
  const settings = configuration(args.getConfig());
  const judgement = judge(new Graph([resource]), rules, settingsOf(settings));
  const mine = (settings.exemptions ?? []).filter(({ rule }) =>
    rules.some(({ id, number }) => id === rule || number === rule.toUpperCase()),
  );
  const { open } = applyExemptions(judgement, mine, rules, new Date());
  for (const finding of open) if (finding.resource === resource) violation(finding, report); // the stack policy judges the exemptions themselves
}
