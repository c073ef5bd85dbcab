import { sum } from "../promql/aggregate.ts";
import { quantile, rate } from "../promql/rate.ts";
import { series } from "../promql/selector.ts";
import { signals } from "../signal.ts";

/** A service's connections to its database. */
export const pool = signals({
  used: {
    title: "Pool in use",
    unit: "percentunit",
    meaning: "Busy connections as a share of those allowed.",
    expr: ({ where, by }) =>
      `${sum(by, series("poolConnections", where, 'state="active"'))} / ${sum(by, series("poolMax", where))}`,
  },
  connections: {
    title: "Connections",
    unit: "short",
    meaning: "Connections by state.",
    expr: ({ where, by }) => sum([...by, "state"], series("poolConnections", where)),
  },
  waiting: {
    title: "Waiting",
    unit: "short",
    meaning: "Work that waits for a connection.",
    expr: ({ where, by }) => sum(by, series("poolWaiting", where)),
  },
  acquire: {
    title: "Wait p95",
    unit: "s",
    meaning: "One piece of work in twenty waits longer than this for a connection.",
    expr: (view) => quantile(0.95, "poolAcquire", view),
  },
  timeouts: {
    title: "Waits given up",
    unit: "ops",
    meaning: "Work per second that got no connection in time.",
    expr: (view) => rate("poolTimeouts", view),
  },
  query: {
    title: "Statement p95",
    unit: "s",
    meaning: "One database statement in twenty takes longer than this.",
    expr: (view) => quantile(0.95, "queryDuration", view),
  },
  queryErrors: {
    title: "Failed statements",
    unit: "ops",
    meaning: "Database statements per second that failed.",
    expr: (view) => rate("queryErrors", view),
  },
});
