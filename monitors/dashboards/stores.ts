import type { SystemPlan } from "../../model/plan.ts";
import { container } from "../signals/container.ts";
import { kafka } from "../signals/kafka.ts";
import { mariadb } from "../signals/mariadb.ts";
import { messaging } from "../signals/messaging.ts";
import type { Stores } from "../scope.ts";
import { pool } from "../signals/pool.ts";
import { look, panel, type Dashboard, type Row } from "./dashboard.ts";

/** The brokers, their topics and everybody who publishes or reads. */
export function kafkaDashboard(plan: SystemPlan, stores: Stores): Dashboard {
  const system = [`namespace="${plan.name}"`];
  const store = [...system, 'service="kafka"'];
  return {
    uid: `${plan.name}-kafka`,
    title: `${plan.name} / Kafka`,
    tags: [plan.name],
    where: system,
    marks: [],
    rows: [
      {
        title: "Health",
        panels: [
          panel("Brokers up", look(store, "namespace"), [[kafka.up, "brokers"]], "figure"),
          panel("Offline partitions", look(store, "namespace"), [[kafka.offline, "offline"]], "figure"),
          panel("Below minimum in sync", look(store, "namespace"), [[kafka.underMinInSync, "partitions"]], "figure"),
          panel("Under-replicated", look(store, "namespace"), [[kafka.underReplicated, "partitions"]], "figure"),
          panel("Active controllers", look(store, "namespace"), [[kafka.controllers, "controllers"]], "figure"),
          panel("Unclean elections", look(store, "namespace"), [[kafka.uncleanElections, "elections"]], "figure"),
        ],
      },
      {
        title: "Load",
        panels: [
          panel("Messages in", look(store, "pod"), [[kafka.messages, "{{pod}}"]]),
          panel("Bytes", look(store, "pod"), [
            [kafka.bytesIn, "in {{pod}}"],
            [kafka.bytesOut, "out {{pod}}"],
          ]),
          panel("Request p99", look(store, "pod"), [[kafka.requestTime, "{{request}} {{pod}}"]]),
          panel("Handlers busy", look(store, "pod"), [[kafka.busy, "{{pod}}"]]),
          panel("Heap", look(store, "pod"), [[kafka.heap, "{{pod}}"]]),
          panel("In-sync shrinks", look(store, "pod"), [[kafka.inSyncShrinks, "{{pod}}"]]),
          panel("Log size by topic", look(store), [[kafka.logSize, "{{topic}}"]]),
        ],
      },
      ends(system),
      stores === "cloud" ? machines(store) : pods(store),
    ],
  };
}

function ends(system: readonly string[]): Row {
  return {
    title: "Producers and consumers",
    panels: [
      panel("Published", look(system, "service", "event"), [[messaging.produced, "{{service}} {{event}}"]]),
      panel("Handled", look(system, "service", "result"), [[messaging.consumed, "{{service}} {{result}}"]]),
      panel("Lag", look(system, "service", "topic"), [[messaging.lagSeconds, "{{service}} {{topic}}"]]),
    ],
  };
}

/** The database server, where Prometheus can ask it, and every pool in front of it. */
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
      ...(stores === "cloud" ? [] : [server(store), pods(store)]),
      {
        title: "Services",
        panels: [
          panel("Pools in use", look(system, "service"), [[pool.used, "{{service}}"]]),
          panel("Wait p95", look(system, "service"), [[pool.acquire, "{{service}}"]]),
          panel("Statement p95", look(system, "service"), [[pool.query, "{{service}}"]]),
        ],
      },
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

/** Where the brokers belong to a cloud. */
function machines(store: readonly string[]): Row {
  return {
    title: "Brokers",
    panels: [
      panel("CPU busy", look(store, "pod"), [[kafka.brokerCpu, "{{pod}}"]]),
      panel("Disk in use", look(store, "pod"), [[kafka.brokerDisk, "{{pod}}"]]),
    ],
  };
}

function pods(store: readonly string[]): Row {
  return {
    title: "Pods",
    panels: [
      panel("CPU", look(store, "pod"), [[container.cpu, "{{pod}}"]]),
      panel("Memory", look(store, "pod"), [
        [container.memory, "{{pod}}"],
        [container.memoryLimit, "limit {{pod}}"],
      ]),
      panel("Volume free", look(store), [[container.volumeFree, "{{persistentvolumeclaim}}"]]),
      panel("Volume free in four days", look(store), [[container.volumeSoon, "{{persistentvolumeclaim}}"]]),
      panel("Volumes being enlarged", look(store), [[container.volumeGrowing, "{{persistentvolumeclaim}}"]]),
    ],
  };
}
