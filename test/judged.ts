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
/** Recorded without an engine, which gives automatic names; `slipway preview` asks this rule too. */
const OF_ENGINE = ["config-rolls"];
/** About the stack's monitoring, where it is recorded as well. */
export const OF_MONITORING: readonly string[] = ["alerts-cover", "workload-scraped", "late-runs-noticed"];
const ELSEWHERE = [...OF_ENGINE, ...OF_MONITORING];

/** What the policy pack says about a system as it is registered for one stage, but for rules that need what is not recorded. */
export function judged(recorded: readonly Registered[], stage: string, elsewhere = ELSEWHERE): Report {
  const resources = recorded.flatMap(
    ({ type, name, inputs }) =>
      engineResource(type, `urn:pulumi:${stage}::slipway::${type}::${name}`, (inputs ?? {}) as Props) ?? [],
  );
  return report({
    resources,
    rules: RULES.filter(({ id }) => !elsewhere.includes(id)),
    settings: { tier: stage === "dev" ? "dev" : "standard", facts: {} },
    exemptions: [],
    baseline: new Set(),
    today: new Date(),
  });
}

/** What would stop an update. */
export function mandatoryFindings(recorded: readonly Registered[], stage: string): string[] {
  return told(judged(recorded, stage));
}

/** What would stop an update for want of monitoring, where that is recorded too. */
export function unwatched(recorded: readonly Registered[], stage: string): string[] {
  const { findings, ...rest } = judged(recorded, stage, OF_ENGINE);
  return told({ ...rest, findings: findings.filter(({ rule }) => OF_MONITORING.includes(rule.id)) });
}

function told({ findings }: Report): string[] {
  return findings
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, resource, path, found }) => `${rule.id} ${resource.name} ${path}: ${found}`);
}
