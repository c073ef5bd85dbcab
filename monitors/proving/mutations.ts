import type { Alert } from "../alert.ts";
import type { Case } from "./cases.ts";
import { duration } from "../promql/duration.ts";
import type { AlertingRule } from "../rule-file.ts";
import { patience, type Timing } from "../timing.ts";

/** One way of breaking an alert; `breaks` is false for alerts it cannot change. */
export interface Mutation {
  readonly title: string;
  /** The case that must fail. */
  readonly seenBy: Case["proves"];
  breaks(alert: Alert): boolean;
  apply(rule: AlertingRule, alert: Alert, timing: Timing): AlertingRule;
}

const watched = ({ severity }: Alert) => severity !== "none";
const limit = (move: (alert: Alert) => number) => (rule: AlertingRule, alert: Alert): AlertingRule => ({ ...rule, expr: alert.expr(move(alert)) });

/** A tenth of the limit, or a tenth where the limit is 0: more than the cases' distance from it. */
const step = ({ limit: at }: Alert) => (at === 0 ? 0.1 : Math.abs(at) * 0.1);

/** Limits that are whole numbers and cases one apart need a larger step. */
const stride = (alert: Alert) => {
  const { firing, silent } = alert.proof;
  return firing === undefined || silent === undefined ? step(alert) : Math.max(step(alert), Math.abs(firing - silent) * 1.1);
};

const away = (alert: Alert) => (alert.trouble === "above" ? stride(alert) : -stride(alert));

/** What a careless edit could do to a rule. For each of them at least one case of the alert must fail. */
export const MUTATIONS: readonly Mutation[] = [
  { title: "limit moved away from trouble", seenBy: "firing", breaks: watched, apply: limit((alert) => alert.limit + away(alert)) },
  { title: "limit moved towards trouble", seenBy: "silence", breaks: watched, apply: limit((alert) => alert.limit - away(alert)) },
  {
    title: "patience lengthened", seenBy: "firing", breaks: watched,
    apply: (rule, alert, timing) => ({ ...rule, for: duration(patience(timing, alert.patience) + timing.evaluation) }),
  },
  {
    title: "patience shortened", seenBy: "patience", breaks: (alert) => watched(alert) && alert.patience > 0,
    apply: (rule, alert, timing) => ({ ...rule, for: duration(Math.max(0, patience(timing, alert.patience) - timing.evaluation)) }),
  },
  { title: "severity changed", seenBy: "firing", breaks: () => true, apply: (rule) => ({ ...rule, labels: { ...rule.labels, severity: "unknown" } }) },
];
