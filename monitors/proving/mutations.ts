import type { Alert } from "../alert.ts";
import type { BurnWindow } from "../burn-rates.ts";
import type { Case } from "./cases.ts";
import { duration } from "../promql/duration.ts";
import type { AlertingRule } from "../rule-file.ts";
import { patience, type Timing } from "../timing.ts";

/** One way of breaking an alert; `breaks` is false for alerts it cannot change. */
export interface Mutation {
  readonly title: string;
  /** Of these cases one must fail. */
  readonly seenBy: readonly Case["proves"][];
  breaks(alert: Alert): boolean;
  apply(rule: AlertingRule, alert: Alert, timing: Timing): AlertingRule;
}

const watched = ({ severity }: Alert) => severity !== "none";
const limit =
  (move: (alert: Alert) => number) =>
  (rule: AlertingRule, alert: Alert): AlertingRule => ({ ...rule, expr: alert.expr(move(alert)) });

/** A tenth of the limit, or a tenth where the limit is 0: more than the cases' distance from it. */
const step = ({ limit: at }: Alert) => (at === 0 ? 0.1 : Math.abs(at) * 0.1);

/** Limits that are whole numbers and cases one apart need a larger step. */
const stride = (alert: Alert) => {
  const { firing, silent } = alert.proof;
  return firing === undefined || silent === undefined
    ? step(alert)
    : Math.max(step(alert), Math.abs(firing - silent) * 1.1);
};

const away = (alert: Alert) => (alert.trouble === "above" ? stride(alert) : -stride(alert));

/** What a careless edit could do to a rule. For each of them at least one case of the alert must fail. */
export const MUTATIONS: readonly Mutation[] = [
  {
    title: "limit moved away from trouble",
    seenBy: ["firing"],
    breaks: watched,
    apply: limit((alert) => alert.limit + away(alert)),
  },
  {
    title: "limit moved towards trouble",
    seenBy: ["silence"],
    breaks: watched,
    apply: limit((alert) => alert.limit - away(alert)),
  },
  {
    title: "patience lengthened",
    seenBy: ["firing"],
    breaks: watched,
    apply: (rule, alert, timing) => ({ ...rule, for: duration(patience(timing, alert.patience) + timing.evaluation) }),
  },
  {
    title: "patience shortened",
    seenBy: ["patience"],
    breaks: (alert) => watched(alert) && alert.patience > 0,
    apply: (rule, alert, timing) => ({
      ...rule,
      for: duration(Math.max(0, patience(timing, alert.patience) - timing.evaluation)),
    }),
  },
  {
    title: "severity changed",
    seenBy: ["firing"],
    breaks: () => true,
    apply: (rule) => ({ ...rule, labels: { ...rule.labels, severity: "unknown" } }),
  },
];

/** What becomes of one pair, given both. */
type Change = (pair: BurnWindow, other: BurnWindow) => readonly BurnWindow[];

const CHANGES: readonly (readonly [title: string, change: Change])[] = [
  ["left out", () => []],
  ["less easily alarmed", (pair) => [{ ...pair, factor: pair.factor * 1.1 }]],
  ["more easily alarmed", (pair) => [{ ...pair, factor: pair.factor * 0.9 }]],
  ["with the other's long window", (pair, { long }) => [{ ...pair, long }]],
  ["with the other's short window", (pair, { short }) => [{ ...pair, short }]],
];

/** One expression serves every kind of objective: its factors and windows are broken in this one only, which saves promtool a minute. */
const EXAMPLE = "ErrorBudgetBurn";

/** The same for each pair of windows of a burn rate: none may be there in vain. */
export const PAIR_MUTATIONS: readonly Mutation[] = (["fast", "slow"] as const).flatMap((which) =>
  CHANGES.map(([title, change]) => ({
    title: `${which} pair ${title}`,
    seenBy: ["firing", "silence", "guard"] as const,
    breaks: ({ burn, name }: Alert) => burn !== undefined && (title === "left out" || name === EXAMPLE),
    apply: (rule: AlertingRule, { burn }: Alert) =>
      burn ? { ...rule, expr: burn.expr(changed(burn.windows, which, change)) } : rule,
  })),
);

function changed(windows: readonly BurnWindow[], which: "fast" | "slow", change: Change): BurnWindow[] {
  const [fast, slow] = windows.toSorted((one, other) => other.factor - one.factor);
  if (!fast || !slow) throw new Error("a burn rate has two pairs of windows");
  return which === "fast" ? [...change(fast, slow), slow] : [fast, ...change(slow, fast)];
}
