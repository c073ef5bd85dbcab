import { getHeapStatistics } from "node:v8";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export const registry = new Registry();

const counter = <const Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
  new Counter({ name, help, labelNames, registers: [registry] });
const gauge = <const Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
  new Gauge({ name, help, labelNames, registers: [registry] });
const histogram = <const Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  buckets: number[],
) => new Histogram({ name, help, labelNames, buckets, registers: [registry] });

// Objectives promise 0.3, 0.5 or 0.7 s and calls time out after 0.61 s: all of them must be bucket edges.
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.61, 0.7, 1, 2.5, 5];
const SHORT_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];
// So must freshness objectives (10 and 30 s).
const AGE_SECONDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];

/** Every metric of the kit, each name written once. Labels are bounded: routes are patterns, topics and events are declared. */
export const metrics = {
  httpRequests: counter("http_requests_total", "Requests answered", ["method", "route", "status"]),
  httpDuration: histogram(
    "http_request_duration_seconds",
    "Time to answer a request",
    ["method", "route", "status"],
    SECONDS,
  ),
  httpInFlight: gauge("http_requests_in_flight", "Requests being answered"),

  outboundRequests: counter("outbound_requests_total", "Calls to other services by outcome", ["callee", "outcome"]),
  outboundDuration: histogram(
    "outbound_request_duration_seconds",
    "Time of calls to other services",
    ["callee"],
    SECONDS,
  ),
  outboundInFlight: gauge("outbound_requests_in_flight", "Calls waiting for an answer", ["callee"]),
  bulkheadLimit: gauge("outbound_bulkhead_limit", "Calls allowed at the same time", ["callee"]),
  fallbacks: counter("outbound_fallbacks_total", "Calls answered by the fallback", ["callee", "fallback"]),
  breakerState: gauge("circuit_breaker_state", "1 for the state the breaker is in", ["callee", "state"]),
  breakerTransitions: counter("circuit_breaker_transitions_total", "Changes of the breaker's state", [
    "callee",
    "state",
  ]),

  produced: counter("kafka_messages_produced_total", "Events acknowledged by the broker", ["topic", "event"]),
  produceErrors: counter("kafka_produce_errors_total", "Failed attempts to publish", ["topic"]),
  consumed: counter("kafka_messages_consumed_total", "Events received by result", ["topic", "event", "result"]),
  eventAge: histogram(
    "kafka_event_age_seconds",
    "From the event's occurrence to the end of its handling",
    ["topic"],
    AGE_SECONDS,
  ),
  lagRecords: gauge("kafka_consumer_lag_records", "Records of the partition this group has not committed", [
    "topic",
    "partition",
  ]),
  lagSeconds: gauge("kafka_consumer_lag_seconds", "How far this replica is behind the topic in time", ["topic"]),
  assignedPartitions: gauge("kafka_consumer_assigned_partitions", "Partitions assigned to this replica", ["topic"]),
  rebalances: counter("kafka_consumer_rebalances_total", "Times this replica joined its group"),
  consumerConnected: gauge("kafka_consumer_connected", "1 while this replica is a member of its group"),
  deadLetters: counter("kafka_dead_letters_total", "Records moved to a dead-letter topic", ["topic", "reason"]),
  parked: gauge("kafka_parked_messages", "Events parked for a later attempt"),
  outboxPending: gauge("outbox_pending_messages", "Events written but not yet published"),
  outboxAge: gauge("outbox_oldest_age_seconds", "Age of the oldest event not yet published"),

  poolConnections: gauge("db_pool_connections", "Database connections by state", ["state"]),
  poolMax: gauge("db_pool_connections_max", "Most database connections allowed"),
  poolWaiting: gauge("db_pool_waiting", "Work waiting for a database connection"),
  poolAcquire: histogram("db_pool_acquire_duration_seconds", "Wait for a database connection", [], SHORT_SECONDS),
  poolTimeouts: counter("db_pool_acquire_timeouts_total", "Waits for a database connection that were given up"),
  queryDuration: histogram("db_query_duration_seconds", "Time of database statements", [], SHORT_SECONDS),
  queryErrors: counter("db_query_errors_total", "Failed database statements"),
};

const buildInfo = gauge("build_info", "Running version", ["version", "node_version"]);
const heapLimit = gauge("nodejs_heap_size_limit_bytes", "Largest heap V8 may grow to");

/** Starts the process metrics and states the running version. */
export function startMetrics(version: string): void {
  collectDefaultMetrics({ register: registry });
  buildInfo.set({ version, node_version: process.version }, 1);
  heapLimit.set(getHeapStatistics().heap_size_limit);
}
