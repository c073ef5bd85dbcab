import { max, min, sum } from "../promql/aggregate.ts";
import { rate } from "../promql/rate.ts";
import { select, series } from "../promql/selector.ts";
import { RECORDED } from "../recorded.ts";
import { signals } from "../signal.ts";

const STORE = 'service="postgres"';

/** The PostgreSQL server of a system, as its exporter sees it. */
export const postgres = signals({
  up: {
    title: "PostgreSQL answers",
    unit: "bool_on_off",
    meaning: "1 while the exporter can log in. A server nobody scrapes counts as down.",
    expr: ({ where, by }) =>
      `${min(by, series("postgresUp", where))} or on (${by.join(", ")}) 0 * ${max(by, select(RECORDED.store, [...where, STORE]))}`,
  },
  connections: {
    title: "Connections in use",
    unit: "percentunit",
    meaning: "Connections as a share of those the server allows.",
    expr: ({ where, by }) =>
      `${sum(by, series("postgresConnections", where))} / ${max(by, series("postgresMaxConnections", where))}`,
  },
  stuck: {
    title: "Idle in a transaction",
    unit: "short",
    meaning: "Sessions that hold a transaction open and do nothing in it: their locks stay, and old rows with them.",
    expr: ({ where, by }) => sum(by, series("postgresConnections", where, 'state="idle in transaction"')),
  },
  transactions: {
    title: "Transactions",
    unit: "ops",
    meaning: "Transactions per second that were kept.",
    expr: (view) => rate("postgresCommits", view),
  },
  deadlocks: {
    title: "Deadlocks",
    unit: "ops",
    meaning: "Times per second that two transactions waited for each other, and one was ended.",
    expr: (view) => rate("postgresDeadlocks", view),
  },
});
