import { max, min, sum } from "../promql/aggregate.ts";
import { rate } from "../promql/rate.ts";
import { select, series } from "../promql/selector.ts";
import { RECORDED } from "../recorded.ts";
import { signals } from "../signal.ts";

const STORE = 'kind="redis"';

/** The Redis of each store of a system, as its exporter sees it. */
export const redis = signals({
  up: {
    title: "Redis answers",
    unit: "bool_on_off",
    meaning: "1 while the exporter can log in. A server nobody scrapes counts as down.",
    expr: ({ where, by }) =>
      `${min(by, series("redisUp", where))} or on (${by.join(", ")}) 0 * ${max(by, select(RECORDED.store, [...where, STORE]))}`,
  },
  memory: {
    title: "Memory in use",
    unit: "percentunit",
    meaning: "Memory for keys as a share of what the server may take.",
    expr: ({ where, by }) => `${max(by, series("redisMemory", where))} / ${max(by, series("redisMaxMemory", where))}`,
  },
  evictions: {
    title: "Keys thrown away",
    unit: "ops",
    meaning: "Keys per second that had to go because memory was full.",
    expr: (view) => rate("redisEvictions", view),
  },
  clients: {
    title: "Clients",
    unit: "short",
    meaning: "Open connections.",
    expr: ({ where, by }) => sum(by, series("redisClients", where)),
  },
  refused: {
    title: "Refused connections",
    unit: "ops",
    meaning: "Connections per second that were turned away because there are too many.",
    expr: (view) => rate("redisRefused", view),
  },
  commands: {
    title: "Commands",
    unit: "ops",
    meaning: "Commands per second.",
    expr: (view) => rate("redisCommands", view),
  },
  saved: {
    title: "Written to disk",
    unit: "bool_on_off",
    meaning: "1 while both the last snapshot and the last write of the log have succeeded.",
    expr: ({ where, by }) => min(by, `${series("redisSnapshot", where)} * ${series("redisLog", where)}`),
  },
});
