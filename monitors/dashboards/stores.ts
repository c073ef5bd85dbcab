import type { SystemPlan } from "../../model/plan.ts";
import { container } from "../signals/container.ts";
import { kafka } from "../signals/kafka.ts";
import { mariadb } from "../signals/mariadb.ts";
import { messaging } from "../signals/messaging.ts";
import { pool } from "../signals/pool.ts";
import { look, panel, type Dashboard, type Panel } from "./dashboard.ts";

/** The brokers, their topics and everybody who publishes or reads. */
export function kafkaDashboard(plan: SystemPlan): Dashboard {
  const system = [`namespace="${plan.name}"`];
  const store = [...system, 'service="kafka"'];
  return {
    uid: `${plan.name}-kafka`, title: `${plan.name} / Kafka`, tags: [plan.name], where: system, marks: [],
    rows: [
      {
        title: "Health",
        panels: [
          panel("Brokers up", look(store, "namespace"), [[kafka.up, "brokers"]], "figure"),
          panel("Offline partitions", look(store, "namespace"), [[kafka.offline, "offline"]], "figure"),
          panel("Below minimum in sync", look(store, "namespace"), [[kafka.underMinInSync, "partitions"]], "figure"),
          panel("Under-replicated", look(store, "namespace"), [[kafka.underReplicated, "partitions"]], "figure"),
          panel("Active controllers", look(store, "namespace"), [[kafka.controllers, "controllers"]], "figure"),
        ],
      },
      {
        title: "Load",
        panels: [
          panel("Messages in", look(store, "pod"), [[kafka.messages, "{{pod}}"]]),
          panel("Bytes", look(store, "pod"), [[kafka.bytesIn, "in {{pod}}"], [kafka.bytesOut, "out {{pod}}"]]),
          panel("Request p99", look(store, "pod"), [[kafka.requestTime, "{{request}} {{pod}}"]]),
          panel("Handlers busy", look(store, "pod"), [[kafka.busy, "{{pod}}"]]),
          panel("Heap", look(store, "pod"), [[kafka.heap, "{{pod}}"]]),
          panel("Log size by topic", look(store), [[kafka.logSize, "{{topic}}"]]),
        ],
      },
      {
        title: "Producers and consumers",
        panels: [
          panel("Published", look(system, "service", "event"), [[messaging.produced, "{{service}} {{event}}"]]),
          panel("Handled", look(system, "service", "result"), [[messaging.consumed, "{{service}} {{result}}"]]),
          panel("Lag", look(system, "service", "topic"), [[messaging.lagSeconds, "{{service}} {{topic}}"]]),
        ],
      },
      ...pods(store),
    ],
  };
}

/** The database server and every pool in front of it. */
export function databaseDashboard(plan: SystemPlan): Dashboard {
  const system = [`namespace="${plan.name}"`];
  const store = [...system, 'service="mariadb"'];
  return {
    uid: `${plan.name}-mariadb`, title: `${plan.name} / Database`, tags: [plan.name], where: system, marks: [],
    rows: [
      {
        title: "MariaDB",
        panels: [
          panel("Answers", look(store, "namespace"), [[mariadb.up, "mariadb"]], "states"),
          panel("Connections in use", look(store, "pod"), [[mariadb.connections, "{{pod}}"]]),
          panel("Statements", look(store, "pod"), [[mariadb.queries, "statements"], [mariadb.slow, "slow"]]),
          panel("Threads at work", look(store, "pod"), [[mariadb.running, "{{pod}}"]]),
          panel("Waits", look(store, "pod"), [[mariadb.lockWaits, "row locks"], [mariadb.logWaits, "log"]]),
          panel("Up since", look(store, "pod"), [[mariadb.uptime, "{{pod}}"]], "figure"),
        ],
      },
      {
        title: "Services",
        panels: [
          panel("Pools in use", look(system, "service"), [[pool.used, "{{service}}"]]),
          panel("Wait p95", look(system, "service"), [[pool.acquire, "{{service}}"]]),
          panel("Statement p95", look(system, "service"), [[pool.query, "{{service}}"]]),
        ],
      },
      ...pods(store),
    ],
  };
}

function pods(store: readonly string[]): { title: string; panels: Panel[] }[] {
  return [{
    title: "Pods",
    panels: [
      panel("CPU", look(store, "pod"), [[container.cpu, "{{pod}}"]]),
      panel("Memory", look(store, "pod"), [[container.memory, "{{pod}}"], [container.memoryLimit, "limit {{pod}}"]]),
    ],
  }];
}
