import { quantile, rate } from "../promql/rate.ts";
import { sum } from "../promql/aggregate.ts";
import { series } from "../promql/selector.ts";
import { signals } from "../signal.ts";

const SERVER_FAULT = 'status=~"5.."';

/** What callers of a service see: rate, errors, duration. */
export const http = signals({
  requests: {
    title: "Requests",
    unit: "reqps",
    meaning: "Requests answered per second.",
    expr: (view) => rate("httpRequests", view),
  },
  errorRatio: {
    title: "Errors",
    unit: "percentunit",
    meaning: "Share of requests answered with a 5xx status; the caller did nothing wrong.",
    expr: (view) =>
      `(${rate("httpRequests", view, SERVER_FAULT)} or 0 * ${rate("httpRequests", view)}) / ${rate("httpRequests", view)}`,
  },
  median: {
    title: "p50",
    unit: "s",
    meaning: "Half of the requests are faster than this.",
    expr: (view) => quantile(0.5, "httpDuration", view),
  },
  p95: {
    title: "p95",
    unit: "s",
    meaning: "One request in twenty is slower than this.",
    expr: (view) => quantile(0.95, "httpDuration", view),
  },
  p99: {
    title: "p99",
    unit: "s",
    meaning: "One request in a hundred is slower than this.",
    expr: (view) => quantile(0.99, "httpDuration", view),
  },
  inFlight: {
    title: "In flight",
    unit: "short",
    meaning: "Requests being answered at this moment.",
    expr: ({ where, by }) => sum(by, series("httpInFlight", where)),
  },
  versions: {
    title: "Running version",
    unit: "short",
    meaning: "Replicas of each version: a rollout is seen as one line rising and one falling.",
    expr: ({ where }) => `count by (service, version) (${series("buildInfo", where)})`,
  },
});
