import { max, sum } from "../promql/aggregate.ts";
import { quantile, rate } from "../promql/rate.ts";
import { series } from "../promql/selector.ts";
import { signals } from "../signal.ts";

/** Events: written to the outbox, relayed to the broker, read, handled or put aside. */
export const messaging = signals({
  produced: {
    title: "Published",
    unit: "ops",
    meaning: "Events acknowledged by the broker per second.",
    expr: (view) => rate("produced", view),
  },
  produceErrors: {
    title: "Failed to publish",
    unit: "ops",
    meaning: "Failed attempts to publish per second; the outbox tries again.",
    expr: (view) => rate("produceErrors", view),
  },
  consumed: {
    title: "Handled",
    unit: "ops",
    meaning: "Events read per second.",
    expr: (view) => rate("consumed", view),
  },
  age: {
    title: "Event age p99",
    unit: "s",
    meaning: "From the moment something happened to the moment this service has dealt with it.",
    expr: (view) => quantile(0.99, "eventAge", view),
  },
  lagSeconds: {
    title: "Lag",
    unit: "s",
    meaning: "Age of the oldest event that waits for this service; 0 when none waits.",
    expr: ({ where, by }) => max(by, `clamp_min(${series("lagSeconds", where)}, 0)`),
  },
  lagRecords: {
    title: "Waiting events",
    unit: "short",
    meaning: "Events of the topic that this service has not dealt with.",
    expr: ({ where, by }) => sum(by, `clamp_min(${series("lagRecords", where)}, 0)`),
  },
  connected: {
    title: "Connected replicas",
    unit: "short",
    meaning: "Replicas that are members of their consumer group.",
    expr: ({ where, by }) => sum(by, series("consumerConnected", where)),
  },
  rebalances: {
    title: "Rebalances",
    unit: "ops",
    meaning: "How often replicas joined their group, per second.",
    expr: (view) => rate("rebalances", view),
  },
  deadLetters: {
    title: "Dead letters",
    unit: "short",
    meaning: "Events put aside within ten minutes because they could not be handled.",
    expr: ({ where, by }) => sum(by, `increase(${series("deadLetters", where)}[10m])`),
  },
  parked: {
    title: "Parked",
    unit: "short",
    meaning: "Events waiting for a later attempt.",
    expr: ({ where, by }) => sum(by, series("parked", where)),
  },
  outboxPending: {
    title: "Outbox",
    unit: "short",
    meaning: "Events written but not yet published.",
    expr: ({ where, by }) => max(by, series("outboxPending", where)),
  },
  outboxAge: {
    title: "Oldest in outbox",
    unit: "s",
    meaning: "Age of the oldest event not yet published.",
    expr: ({ where, by }) => max(by, series("outboxAge", where)),
  },
});
