import { engineResource } from "../policies/read/pulumi.ts";
import { report, type Report } from "../policies/reporting/report.ts";
import type { Props } from "../policies/resources/resource.ts";
import { RULES } from "../policies/rules.ts";

/** One resource as it was registered. */
interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs?: unknown;
}
/** Recorded without an engine, which gives automatic names, and without the stack's monitoring; `slipway preview` asks these rules too. */
const ELSEWHERE = ["config-rolls", "alerts-cover", "workload-scraped"];

/** What the policy pack says about a system as it is registered for one stage. */
export function judged(recorded: readonly Registered[], stage: string): Report {
  const resources = recorded.flatMap(
    ({ type, name, inputs }) =>
      engineResource(type, `urn:pulumi:${stage}::slipway::${type}::${name}`, (inputs ?? {}) as Props) ?? [],
  );
  return report({
    resources,
    rules: RULES.filter(({ id }) => !ELSEWHERE.includes(id)),
    settings: { tier: stage === "dev" ? "dev" : "standard", facts: {} },
    exemptions: [],
    baseline: new Set(),
    today: new Date(),
  });
}

/** What would stop an update. */
export function mandatoryFindings(recorded: readonly Registered[], stage: string): string[] {
  return judged(recorded, stage)
    .findings.filter(({ level }) => level === "mandatory")
    .map(({ rule, resource, path, found }) => `${rule.id} ${resource.name} ${path}: ${found}`);
}
