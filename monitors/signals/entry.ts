import { max, min, sum } from "../promql/aggregate.ts";
import { rate } from "../promql/rate.ts";
import { series, type Matchers } from "../promql/selector.ts";
import { type Signal, signals } from "../signal.ts";

/** The public entry: what outsiders see. */
export const entry = signals({
  reachable: {
    title: "Entry reachable",
    unit: "bool_on_off",
    meaning: "1 while a probe from inside the cluster gets an answer through the public entry.",
    expr: ({ where, by }) => min(by, series("probeSuccess", where)),
  },
  probeTime: {
    title: "Probe time",
    unit: "s",
    meaning: "Time of the probe through the public entry.",
    expr: ({ where, by }) => max(by, series("probeDuration", where)),
  },
  certificate: {
    title: "Certificate valid for",
    unit: "s",
    meaning: "Time until the first certificate of the entry ends.",
    expr: ({ where, by }) => min(by, `${series("probeCertificateExpiry", where)} - time()`),
  },
  requests: {
    title: "Requests at the entry",
    unit: "reqps",
    meaning: "Requests per second at the public entry, whatever became of them.",
    expr: (view) => rate("entryRequests", view),
  },
  errorRatio: {
    title: "Errors at the entry",
    unit: "percentunit",
    meaning: "Share of requests the entry answered with a 5xx status.",
    expr: (view) =>
      `(${rate("entryRequests", view, 'code=~"5.."')} or 0 * ${rate("entryRequests", view)}) / ${rate("entryRequests", view)}`,
  },
});

/** Requests over an hour, and the same while they have stopped, in the series of whoever counts them. */
export function trafficOf(metric: "httpRequests" | "routedRequests"): Record<"silent" | "lastHour", Signal> {
  const over = (window: string, where: Matchers) => `rate(${series(metric, where)}[${window}])`;
  return signals({
    silent: {
      title: "Traffic stopped",
      unit: "reqps",
      meaning: "Requests per second over an hour, shown only while none came in the last five minutes.",
      expr: ({ where, by }) =>
        `(${sum(by, over("1h", where))} and on (${by.join(", ")}) ${sum(by, over("5m", where))} == 0)`,
    },
    lastHour: {
      title: "Requests over an hour",
      unit: "reqps",
      meaning: "Requests per second over an hour.",
      expr: ({ where, by }) => sum(by, over("1h", where)),
    },
  });
}
