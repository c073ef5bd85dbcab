import { max, min } from "../promql/aggregate.ts";
import { rate } from "../promql/rate.ts";
import { series } from "../promql/selector.ts";
import { RECORDED } from "../recorded.ts";
import { select } from "../promql/selector.ts";
import { signals } from "../signal.ts";

const STORE = 'service="mariadb"';

/** The MariaDB server of a system, as its exporter sees it. */
export const mariadb = signals({
  up: {
    title: "MariaDB answers",
    unit: "bool_on_off",
    meaning: "1 while the exporter can log in. A server nobody scrapes counts as down.",
    expr: ({ where, by }) =>
      `${min(by, series("mariadbUp", where))} or on (${by.join(", ")}) 0 * ${max(by, select(RECORDED.store, [...where, STORE]))}`,
  },
  connections: {
    title: "Connections in use",
    unit: "percentunit",
    meaning: "Connections as a share of those the server allows.",
    expr: ({ where, by }) =>
      max(by, `${series("mariadbConnections", where)} / ${series("mariadbMaxConnections", where)}`),
  },
  running: {
    title: "Threads at work",
    unit: "short",
    meaning: "Statements being carried out at this moment.",
    expr: ({ where, by }) => max(by, series("mariadbRunning", where)),
  },
  queries: {
    title: "Statements",
    unit: "ops",
    meaning: "Statements per second.",
    expr: (view) => rate("mariadbQueries", view),
  },
  slow: {
    title: "Slow statements",
    unit: "ops",
    meaning: "Statements per second that took longer than the server's limit.",
    expr: (view) => rate("mariadbSlowQueries", view),
  },
  logWaits: {
    title: "Log waits",
    unit: "ops",
    meaning: "Times per second that a commit waited for room in the log buffer.",
    expr: (view) => rate("mariadbLogWaits", view),
  },
  lockWaits: {
    title: "Row lock waits",
    unit: "ops",
    meaning: "Times per second that a statement waited for a row.",
    expr: (view) => rate("mariadbRowLockWaits", view),
  },
  history: {
    title: "History",
    unit: "short",
    meaning: "Old versions of rows that no one has cleaned up yet; an open transaction keeps them.",
    expr: ({ where, by }) => max(by, series("mariadbHistory", where)),
  },
  copying: {
    title: "Copying",
    unit: "bool_on_off",
    meaning: "1 while a server that follows another both fetches and applies its changes.",
    expr: ({ where, by }) => min(by, `${series("mariadbCopyReads", where)} * ${series("mariadbCopyWrites", where)}`),
  },
  behind: {
    title: "Behind",
    unit: "s",
    meaning: "How far a server that follows another is behind it.",
    expr: ({ where, by }) => max(by, series("mariadbBehind", where)),
  },
  uptime: {
    title: "Up since",
    unit: "s",
    meaning: "Time since the server started.",
    expr: ({ where, by }) => min(by, series("mariadbUptime", where)),
  },
});
