import { max, sum } from "../promql/aggregate.ts";
import { quantile, rate } from "../promql/rate.ts";
import { series } from "../promql/selector.ts";
import { signals } from "../signal.ts";

/** Synchronous calls to other services: what was asked, what came back, what the breaker thinks of it. */
export const calls = signals({
  rate: {
    title: "Calls",
    unit: "reqps",
    meaning: "Calls to other services per second, by outcome.",
    expr: (view) => rate("calls", { ...view, by: [...view.by, "outcome"] }),
  },
  failedRatio: {
    title: "Failed calls",
    unit: "percentunit",
    meaning:
      "Share of calls that got no useful answer: fault of the callee, time-out, refused, breaker open or bulkhead full.",
    expr: (view) =>
      `(${rate("calls", view, 'outcome!~"ok|client_error"')} or 0 * ${rate("calls", view)}) / ${rate("calls", view)}`,
  },
  p99: {
    title: "Call p99",
    unit: "s",
    meaning: "One call in a hundred takes longer than this.",
    expr: (view) => quantile(0.99, "callDuration", view),
  },
  breakerOpen: {
    title: "Breaker open",
    unit: "bool_on_off",
    meaning: "1 while at least one replica refuses to call this service.",
    expr: ({ where, by }) => max(by, series("breakerState", where, 'state="open"')),
  },
  breakerChanges: {
    title: "Breaker changes",
    unit: "short",
    meaning: "Changes of state of the breakers within ten minutes.",
    expr: ({ where, by }) => sum(by, `increase(${series("breakerTransitions", where)}[10m])`),
  },
  fallbackRatio: {
    title: "Fallbacks",
    unit: "percentunit",
    meaning: "Share of calls answered by the fallback instead of the callee.",
    expr: (view) => `${rate("fallbacks", view)} / ${rate("calls", view)}`,
  },
  bulkhead: {
    title: "Bulkhead in use",
    unit: "percentunit",
    meaning: "Calls under way as a share of those allowed at once.",
    expr: ({ where, by }) => `${sum(by, series("callsInFlight", where))} / ${sum(by, series("bulkheadLimit", where))}`,
  },
});
