/** The door `slipway/policies`: the rules of the SLA checklist, to judge by them, to put them into a pack of one's own, or to write more of their kind. */

export { report, type Report } from "../policies/reporting/report.ts";
export { addText, emptyInput, type Input } from "../policies/read/input.ts";
export { resourcePolicy } from "../policies/pack/resource-policies.ts";
export { stackPolicy } from "../policies/pack/stack-policy.ts";
export { FAMILIES, RULES } from "../policies/rules.ts";
export {
  advice,
  containerRule,
  everywhere,
  inProduction,
  type Level,
  type Levels,
  limit,
  notApplicable,
  onRequest,
  type Problem,
  resourceRule,
  type Rule,
  type Severity,
  stackRule,
  type Tier,
  workloadRule,
} from "../policies/judging/rule.ts";
