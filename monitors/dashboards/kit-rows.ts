import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { calls } from "../signals/calls.ts";
import { http } from "../signals/http.ts";
import { messaging } from "../signals/messaging.ts";
import { pool } from "../signals/pool.ts";
import { process } from "../signals/process.ts";
import { look, panel, type Panel, type Row } from "./dashboard.ts";

/** What only programs on the kit show. */
export function ofKit(where: readonly string[], workload: WorkloadPlan): Row[] {
  return [
    ...(workload.publishes.length + workload.consumes.length > 0 ? [events(where, workload)] : []),
    ...(workload.database === null ? [] : [database(where)]),
  ];
}

/** Requests with all that the kit says of them. */
export function requestsByRoute(where: readonly string[]): Row {
  return {
    title: "Requests",
    panels: [
      panel("Requests by route", look(where, "route", "method"), [[http.requests, "{{method}} {{route}}"]]),
      panel("Errors by route", look(where, "route"), [[http.errorRatio, "{{route}}"]]),
      panel("Duration", look(where, "service"), [
        [http.median, "p50"],
        [http.p95, "p95"],
        [http.p99, "p99"],
      ]),
      panel("Requests by status", look(where, "status"), [[http.requests, "{{status}}"]]),
      panel("Requests by version", look(where, "version"), [[http.requests, "{{version}}"]]),
      panel("In flight", look(where, "pod"), [[http.inFlight, "{{pod}}"]]),
    ],
  };
}

/** The Node process inside a replica. */
export function processPanels(where: readonly string[]): Panel[] {
  return [
    panel("Event loop", look(where, "pod"), [[process.eventLoop, "{{pod}}"]]),
    panel("Heap and files", look(where, "pod"), [
      [process.heap, "heap {{pod}}"],
      [process.files, "files {{pod}}"],
    ]),
    panel("Garbage collection", look(where, "pod"), [[process.gc, "{{pod}}"]]),
  ];
}

/** Calls that the kit keeps. */
export function callRow(where: readonly string[]): Row {
  return {
    title: "Calls",
    panels: [
      panel("Calls by outcome", look(where, "callee"), [[calls.rate, "{{callee}} {{outcome}}"]]),
      panel("Failed calls", look(where, "callee"), [[calls.failedRatio, "{{callee}}"]]),
      panel("Call duration", look(where, "callee"), [[calls.p99, "{{callee}} p99"]]),
      panel("Breaker", look(where, "callee"), [[calls.breakerOpen, "{{callee}}"]], "states"),
      panel("Breaker changes", look(where, "callee"), [[calls.breakerChanges, "{{callee}}"]]),
      panel("Bulkhead and fallback", look(where, "callee"), [
        [calls.bulkhead, "{{callee}} slots"],
        [calls.fallbackRatio, "{{callee}} fallback"],
      ]),
    ],
  };
}

function events(where: readonly string[], { publishes, consumes }: WorkloadPlan): Row {
  return {
    title: "Events",
    panels: [
      ...(publishes.length > 0
        ? [
            panel("Published", look(where, "event"), [[messaging.produced, "{{event}}"]]),
            panel("Failed to publish", look(where, "topic"), [[messaging.produceErrors, "{{topic}}"]]),
            panel("Outbox", look(where, "service"), [[messaging.outboxPending, "events"]]),
            panel("Oldest in outbox", look(where, "service"), [[messaging.outboxAge, "age"]]),
          ]
        : []),
      ...(consumes.length > 0
        ? [
            panel("Handled", look(where, "event", "result"), [[messaging.consumed, "{{event}} {{result}}"]]),
            panel("Lag", look(where, "topic"), [[messaging.lagSeconds, "{{topic}}"]]),
            panel("Waiting events", look(where, "topic"), [
              [messaging.lagRecords, "{{topic}}"],
              [messaging.deadLetters, "dead letters {{topic}}"],
            ]),
            panel("Event age p99", look(where, "topic"), [[messaging.age, "{{topic}}"]]),
            panel("Group", look(where, "service"), [
              [messaging.connected, "connected"],
              [messaging.parked, "parked events"],
            ]),
            panel("Rebalances", look(where, "pod"), [[messaging.rebalances, "{{pod}}"]]),
          ]
        : []),
    ],
  };
}

function database(where: readonly string[]): Row {
  return {
    title: "Database",
    panels: [
      panel("Connections", look(where, "service"), [
        [pool.connections, "{{state}}"],
        [pool.waiting, "waiting"],
      ]),
      panel("Waits and statements", look(where, "service"), [
        [pool.acquire, "wait p95"],
        [pool.query, "statement p95"],
      ]),
      panel("Failures", look(where, "service"), [
        [pool.queryErrors, "failed statements"],
        [pool.timeouts, "waits given up"],
      ]),
    ],
  };
}
