import type { SystemPlan } from "../../model/plan.ts";
import { kafka } from "../signals/kafka.ts";
import { messaging } from "../signals/messaging.ts";
import { onKit } from "../programs.ts";
import type { Stores } from "../scope.ts";
import { look, panel, type Dashboard, type Row } from "./dashboard.ts";
import { storePods } from "./store-pods.ts";

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
    rows: [health(store), load(store), ...ends(system, plan), stores === "cloud" ? machines(store) : storePods(store)],
  };
}

function health(store: readonly string[]): Row {
  return {
    title: "Health",
    panels: [
      panel("Brokers up", look(store, "namespace"), [[kafka.up, "brokers"]], "figure"),
      panel("Offline partitions", look(store, "namespace"), [[kafka.offline, "offline"]], "figure"),
      panel("Below minimum in sync", look(store, "namespace"), [[kafka.underMinInSync, "partitions"]], "figure"),
      panel("Under-replicated", look(store, "namespace"), [[kafka.underReplicated, "partitions"]], "figure"),
      panel("Active controllers", look(store, "namespace"), [[kafka.controllers, "controllers"]], "figure"),
      panel("Unclean elections", look(store, "namespace"), [[kafka.uncleanElections, "elections"]], "figure"),
    ],
  };
}

function load(store: readonly string[]): Row {
  return {
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
  };
}

/** Both ends of events, where they are on the kit. */
function ends(system: readonly string[], plan: SystemPlan): Row[] {
  if (onKit(plan).every(({ publishes, consumes }) => publishes.length + consumes.length === 0)) return [];
  return [
    {
      title: "Producers and consumers",
      panels: [
        panel("Published", look(system, "service", "event"), [[messaging.produced, "{{service}} {{event}}"]]),
        panel("Handled", look(system, "service", "result"), [[messaging.consumed, "{{service}} {{result}}"]]),
        panel("Lag", look(system, "service", "topic"), [[messaging.lagSeconds, "{{service}} {{topic}}"]]),
      ],
    },
  ];
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
