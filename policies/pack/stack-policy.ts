/** All rules over one model of the stack: cross-resource findings, exemptions, and the verdict per checklist item. */

import type { ReportViolation, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { address } from "../documentation/address.ts";
import { engineResource } from "../read/pulumi.ts";
import { doubtSentences } from "../reporting/doubts.ts";
import { report as judgeAll, type Report } from "../reporting/report.ts";
import type { Props } from "../resources/resource.ts";
import { RULES } from "../rules.ts";
import type { Finding } from "../judging/inquiry.ts";
import { configSchema } from "./config-schema.ts";
import { declaredOf } from "./declared.ts";
import { raw } from "./raw.ts";
import { typedKinds } from "./resource-policies.ts";
import { configuration, settingsOf } from "./stack-settings.ts";
import { violation } from "./violation.ts";

export function stackPolicy(): StackValidationPolicy {
  return {
    name: "system-model",
    displayName: "Rules that compare resources",
    description: "One model of the whole stack, judged by every rule that compares resources",
    enforcementLevel: "mandatory",
    configSchema,
    url: address("docs/policies.md"),
    validateStack: judgeStack,
  };
}

function judgeStack(args: StackValidationArgs, report: ReportViolation): void {
  const settings = configuration(args.getConfig());
  const resources = args.resources.flatMap(
    ({ type, urn, props }) => engineResource(type, urn, declaredOf(type, urn, raw(props) as Props)) ?? [],
  );
  const result = judgeAll({
    resources,
    rules: RULES,
    settings: settingsOf(settings),
    exemptions: settings.exemptions ?? [],
    baseline: new Set(),
    today: new Date(),
  });
  for (const finding of result.findings) if (!alreadyReported(finding)) violation(finding, report);
  report({
    name: "sla-checklist",
    description: "Verdict per checklist item",
    message: summary(result),
    enforcementLevel: "advisory",
    severity: "low",
  } as never);
}

const early = new Set(typedKinds());

/** Single-resource rules have spoken before the resource was created. */
function alreadyReported({ rule, resource }: Finding): boolean {
  return "check" in rule && early.has(resource.kind);
}

function summary({ items, unknown, exempt, resources }: Report): string {
  const list = (verdict: string): string =>
    items
      .filter((item) => item.verdict === verdict)
      .map(({ number }) => number)
      .join(", ") || "none";
  return `checklist items passed: ${list("passed")}; failed: ${list("failed")}; unknown until deployed: ${list("unknown until deployed")}; exempt: ${list("exempt")}; not applicable: ${list("not applicable")}. ${resources.judged} resources judged, ${exempt.length} ${["findings exempt", ...doubtSentences(unknown)].join("; ")}.`;
}
