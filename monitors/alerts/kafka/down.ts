import type { Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { RECORDED } from "../../recorded.ts";
import type { Scope } from "../../scope.ts";
import { kafka } from "../../signals/kafka.ts";
import { broke, knownBefore, SAMPLES_BEFORE, startGuards } from "../known.ts";
import { about } from "../outline.ts";
import { brokerBook as book, type Brokers } from "./brokers.ts";

/** Nobody answers, of how many. */
export function kafkaDown(scope: Scope, { view, labels, of }: Brokers): Alert {
  const { brokers } = scope.plan.numbers.kafka;
  return {
    ...about("KafkaDown", "page", 30),
    role: "cause",
    expr: (limit) =>
      `(${kafka.up.expr(view)}) < ${limit} and on (${view.by.join(", ")}) ${knownBefore(kafka.up.expr(view), RECORDED.store, view)}`,
    limit: 1,
    trouble: "below",
    summary: "Kafka is down",
    description: `None of ${brokers} ${brokers === 1 ? "broker" : "brokers"} can be reached.`,
    runbook: book(
      "No broker answers.",
      "Requests still succeed: events wait in the outboxes and go out when Kafka is back. What users read grows old.",
      [
        "Does the pod start? A full volume or too little memory is in its log.",
        "Pod `Pending`? Its volume is bound to a node: is that node up?",
      ],
    ),
    proof: {
      series: (value) => [broke(of(METRICS.up.name, { job: "stores" }), value)],
      labels,
      settles: SAMPLES_BEFORE * scope.timing.scrape,
      firing: 0,
      silent: 1,
    },
    guards: startGuards("fires when nobody ever reaches a broker", "is silent while new brokers start", labels),
  };
}
