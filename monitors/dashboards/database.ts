import type { SystemPlan } from "../../model/plan.ts";
import { mariadb } from "../signals/mariadb.ts";
import { pooled } from "../programs.ts";
import { seesDatabase, type Stores } from "../scope.ts";
import { pool } from "../signals/pool.ts";
import { look, panel, type Dashboard, type Row } from "./dashboard.ts";
import { storePods } from "./store-pods.ts";

/** The MariaDB server, where Prometheus can ask it, and every pool of the kit, whatever is behind it. */
export function databaseDashboard(plan: SystemPlan, stores: Stores): Dashboard {
  const system = [`namespace="${plan.name}"`];
  const store = [...system, 'service="mariadb"'];
  return {
    uid: `${plan.name}-mariadb`,
    title: `${plan.name} / Database`,
    tags: [plan.name],
    where: system,
    marks: [],
    rows: [
      ...(seesDatabase({ plan, stores }) ? [server(store), storePods(store)] : []),
      ...(pooled(plan).length > 0 ? [pools(system)] : []),
    ],
  };
}

function pools(system: readonly string[]): Row {
  return {
    title: "Services",
    panels: [
      panel("Pools in use", look(system, "service"), [[pool.used, "{{service}}"]]),
      panel("Wait p95", look(system, "service"), [[pool.acquire, "{{service}}"]]),
      panel("Statement p95", look(system, "service"), [[pool.query, "{{service}}"]]),
    ],
  };
}

function server(store: readonly string[]): Row {
  return {
    title: "MariaDB",
    panels: [
      panel("Answers", look(store, "namespace"), [[mariadb.up, "mariadb"]], "states"),
      panel("Connections in use", look(store, "pod"), [[mariadb.connections, "{{pod}}"]]),
      panel("Statements", look(store, "pod"), [
        [mariadb.queries, "statements"],
        [mariadb.slow, "slow"],
      ]),
      panel("Threads at work", look(store, "pod"), [[mariadb.running, "{{pod}}"]]),
      panel("Waits", look(store, "pod"), [
        [mariadb.lockWaits, "row locks"],
        [mariadb.logWaits, "log"],
      ]),
      panel("History", look(store, "pod"), [[mariadb.history, "{{pod}}"]]),
      panel("Up since", look(store, "pod"), [[mariadb.uptime, "{{pod}}"]], "figure"),
      panel("Copies", look(store, "pod"), [[mariadb.copying, "{{pod}} copies"]], "states"),
      panel("Behind", look(store, "pod"), [[mariadb.behind, "{{pod}}"]]),
    ],
  };
}
