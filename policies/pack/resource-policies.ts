/** One typed policy for each type of resource, so that the engine unpacks a resource once for all of its rules. */

import { remediateResourceOfType, validateResourceOfType, type ResourceValidationPolicy } from "@pulumi/policy";
import { applyExemptions } from "../exemptions.ts";
import { Graph } from "../graph.ts";
import { judge } from "../judge.ts";
import { engineResource } from "../read/pulumi.ts";
import type { Props } from "../resource.ts";
import { tokensOf, WORKLOAD_KINDS, KUBERNETES_KINDS } from "../resource-types.ts";
import type { Rule } from "../rule.ts";
import { RULES } from "../rules.ts";
import { remedyFor } from "./remedies.ts";
import { configSchema } from "./config-schema.ts";
import { raw } from "./raw.ts";
import { configuration, settingsOf } from "./stack-settings.ts";
import { violation } from "./violation.ts";

/** What was declared of components and Kubernetes objects, by URN: the engine shows it here, and to the stack policy only what came of it. */
export const declared = new Map<string, Props>();

/** Rules that need nothing but one resource of a kind. */
export function rulesOf(kind: string): readonly Rule[] {
  return RULES.filter((rule) => "check" in rule && (rule.on[0] === "*" || rule.on.includes(kind) || (typeof rule.on === "string" && WORKLOAD_KINDS.includes(kind))));
}

/** Types with at least one such rule. */
export function typedKinds(): readonly string[] {
  const named = RULES.flatMap((rule) => ("check" in rule && typeof rule.on !== "string" ? rule.on : []));
  return [...new Set([...KUBERNETES_KINDS, ...named])].filter((kind) => kind !== "*" && tokensOf(kind).length > 0 && rulesOf(kind).length > 0);
}

export function resourcePolicies(): ResourceValidationPolicy[] {
  return typedKinds().flatMap((kind) => tokensOf(kind).map((token) => policyFor(kind, token)));
}

function policyFor(kind: string, token: string): ResourceValidationPolicy {
  const rules = rulesOf(kind);
  const type = { __pulumiType: token } as never; // what typed policies are filtered by; the SDK's class would have to be loaded
  const remedy = remedyFor(kind);
  return {
    name: token.replaceAll(/[^A-Za-z0-9]+/g, "-").toLowerCase(),
    displayName: `${kind}: rules that need nothing else`,
    description: `${rules.length} rules about one ${kind}`,
    enforcementLevel: "mandatory",
    configSchema,
    url: "docs/policies.md",
    validateResource: validateResourceOfType(type, (_props, args, report) => {
      const settings = configuration(args.getConfig());
      const props = raw(args.props) as Props;
      if (/^(slipway|kubernetes):/.test(args.type)) declared.set(args.urn, props);
      const resource = engineResource(args.type, args.urn, props);
      if (!resource) return;
      const { findings } = judge(new Graph([resource]), rules, settingsOf(settings));
      const mine = (settings.exemptions ?? []).filter(({ rule }) => rules.some(({ id, number }) => id === rule || number === rule.toUpperCase()));
      const { open } = applyExemptions(findings, mine, rules, new Date());
      for (const finding of open) if (finding.resource === resource) violation(finding, report); // the stack policy judges the exemptions themselves
    }),
    ...(remedy ? { remediateResource: remediateResourceOfType(type, (props: Props) => remedy(props)) } : {}),
  };
}
