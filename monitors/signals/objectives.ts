import { max, sum } from "../promql/aggregate.ts";
import { duration } from "../promql/duration.ts";
import { select } from "../promql/selector.ts";
import { ratioOver, RECORDED } from "../recorded.ts";
import { signals } from "../signal.ts";

/** Promises, what was kept of them and how fast the rest is used up; read from recorded series. */
export const objectives = signals({
  promised: {
    title: "Promised",
    unit: "percentunit",
    meaning: "Share of good events that the description promises.",
    expr: ({ where, by }) => max(by, select(RECORDED.objective, where)),
  },
  kept: {
    title: "Kept, 3 days",
    unit: "percentunit",
    meaning:
      "Share of good events over three days, the longest window of the burn rates; the promise itself is for thirty.",
    expr: ({ where, by }) => `1 - ${max(by, select(ratioOver(duration(259_200)), where))}`,
  },
  budgetLeft: {
    title: "Budget left, 3 days",
    unit: "percentunit",
    meaning:
      "Share of what three days may spend of the error budget that is left; below 0, thirty such days break the promise.",
    expr: ({ where, by }) =>
      `1 - ${max(by, select(ratioOver(duration(259_200)), where))} / (1 - ${max(by, select(RECORDED.objective, where))})`,
  },
  burnFast: {
    title: "Burn 1 h",
    unit: "short",
    meaning: "How many times faster than planned the budget burned in the last hour; 14.4 wakes somebody.",
    expr: ({ where, by }) =>
      `${max(by, select(ratioOver(duration(3600)), where))} / (1 - ${max(by, select(RECORDED.objective, where))})`,
  },
  burnSlow: {
    title: "Burn 6 h",
    unit: "short",
    meaning: "The same over six hours; 6 wakes somebody.",
    expr: ({ where, by }) =>
      `${max(by, select(ratioOver(duration(21_600)), where))} / (1 - ${max(by, select(RECORDED.objective, where))})`,
  },
  events: {
    title: "Events",
    unit: "ops",
    meaning: "Events per second that the objective counts.",
    expr: ({ where, by }) => sum(by, select(RECORDED.total, where)),
  },
  bad: {
    title: "Bad events",
    unit: "ops",
    meaning: "Events per second that break the promise.",
    expr: ({ where, by }) => sum(by, select(RECORDED.bad, where)),
  },
});
