import type { SystemPlan } from "../../model/plan.ts";
import { redisStores } from "../../model/plan/stores.ts";
import { redis } from "../signals/redis.ts";
import { type Dashboard, look, panel } from "./dashboard.ts";
import { storePods } from "./store-pods.ts";

/** Every Redis of a system, where Prometheus can ask them. */
export function redisDashboard(plan: SystemPlan): Dashboard {
  const system = [`namespace="${plan.name}"`];
  const names = redisStores(plan).map(({ name }) => name);
  const store = [...system, `service=~"${names.join("|")}"`];
  return {
    uid: `${plan.name}-redis`,
    title: `${plan.name} / Redis`,
    tags: [plan.name],
    where: system,
    marks: [],
    rows: [
      {
        title: "Redis",
        panels: [
          panel("Answers", look(system, "service"), [[redis.up, "{{service}}"]], "states"),
          panel("Memory in use", look(store, "service"), [[redis.memory, "{{service}}"]]),
          panel("Commands", look(store, "service"), [[redis.commands, "{{service}}"]]),
          panel("Clients", look(store, "service"), [
            [redis.clients, "{{service}}"],
            [redis.refused, "{{service}} refused"],
          ]),
          panel("Keys thrown away", look(store, "service"), [[redis.evictions, "{{service}}"]]),
          panel("Written to disk", look(store, "service"), [[redis.saved, "{{service}}"]], "states"),
        ],
      },
      storePods(store),
    ],
  };
}
