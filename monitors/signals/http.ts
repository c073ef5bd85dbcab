import type { Counting } from "../counting.ts";
import { counted } from "../counting.ts";
import { sum } from "../promql/aggregate.ts";
import { series } from "../promql/selector.ts";
import { type Signal, signals } from "../signal.ts";

type Requests = Record<"requests" | "errorRatio" | "median" | "p95" | "p99", Signal>;

/** What callers of a service see: rate, errors, duration. */
export function requestsOf(counting: Counting): Requests {
  const { requests, failed, quantile } = counted(counting);
  return signals({
    requests: {
      title: "Requests",
      unit: "reqps",
      meaning: "Requests answered per second.",
      expr: requests,
    },
    errorRatio: {
      title: "Errors",
      unit: "percentunit",
      meaning: "Share of requests answered with a 5xx status; the caller did nothing wrong.",
      expr: (view) => `(${failed(view)}) / ${requests(view)}`,
    },
    median: {
      title: "p50",
      unit: "s",
      meaning: "Half of the requests are faster than this.",
      expr: (view) => quantile(0.5, view),
    },
    p95: {
      title: "p95",
      unit: "s",
      meaning: "One request in twenty is slower than this.",
      expr: (view) => quantile(0.95, view),
    },
    p99: {
      title: "p99",
      unit: "s",
      meaning: "One request in a hundred is slower than this.",
      expr: (view) => quantile(0.99, view),
    },
  });
}

/** The same of programs on the kit, and what only they say of themselves. */
export const http = {
  ...requestsOf({ by: "kit" }),
  ...signals({
    inFlight: {
      title: "In flight",
      unit: "short",
      meaning: "Requests being answered at this moment.",
      expr: ({ where, by }) => sum(by, series("httpInFlight", where)),
    },
  }),
};
