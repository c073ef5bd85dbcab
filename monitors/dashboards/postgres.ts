import type { SystemPlan } from "../../model/plan.ts";
import { postgres } from "../signals/postgres.ts";
import { type Dashboard, look, panel } from "./dashboard.ts";
import { storePods } from "./store-pods.ts";

/** The PostgreSQL server, where Prometheus can ask it. */
export function postgresDashboard(plan: SystemPlan): Dashboard {
  const system = [`namespace="${plan.name}"`];
  const store = [...system, 'service="postgres"'];
  return {
    uid: `${plan.name}-postgres`,
    title: `${plan.name} / PostgreSQL`,
    tags: [plan.name],
    where: system,
    marks: [],
    rows: [
      {
        title: "PostgreSQL",
        panels: [
          panel("Answers", look(store, "namespace"), [[postgres.up, "postgres"]], "states"),
          panel("Connections in use", look(store, "pod"), [[postgres.connections, "{{pod}}"]]),
          panel("Idle in a transaction", look(store, "pod"), [[postgres.stuck, "{{pod}}"]]),
          panel("Transactions", look(store, "pod"), [[postgres.transactions, "{{pod}}"]]),
          panel("Deadlocks", look(store, "pod"), [[postgres.deadlocks, "{{pod}}"]]),
        ],
      },
      storePods(store),
    ],
  };
}
