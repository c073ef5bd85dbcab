import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { steady } from "../../proof.ts";
import { kafka } from "../../signals/kafka.ts";
import { about } from "../outline.ts";
import { brokerBook as book, type Brokers } from "./brokers.ts";

/** What the brokers can still take, wherever they run. */
export function loadAlerts(brokers: Brokers): Alert[] {
  return [busy(brokers), heap(brokers)];
}

function busy({ view, labels, of }: Brokers): Alert {
  return {
    ...about("KafkaBusy", "ticket", 900),
    ...above(kafka.busy.expr(view), 0.7),
    summary: "The request handlers of Kafka are busy",
    description: "They are at work {{ $value | humanizePercentage }} of the time.",
    runbook: book("Request handlers have little idle time.", "Publishing and reading get slower.", [
      "More partitions do not help; more CPU or brokers do. Look for a client that asks without pause.",
    ]),
    proof: { series: (value) => [steady(of(METRICS.kafkaHandlerIdle.name), 1 - value)], labels, settles: 0 },
  };
}

function heap({ view, labels, of }: Brokers): Alert {
  return {
    ...about("KafkaHeap", "ticket", 900),
    ...above(kafka.heap.expr(view), 0.9),
    summary: "The heap of Kafka is nearly full",
    description: "A broker uses {{ $value | humanizePercentage }} of its heap.",
    runbook: book("A broker's heap stays nearly full.", "Long pauses; the broker may leave the cluster.", [
      "Raise the heap and the memory limit together.",
    ]),
    proof: {
      series: (value) => [
        steady(of(METRICS.jvmUsed.name, { area: "heap" }), value * 1e9),
        steady(of(METRICS.jvmMax.name, { area: "heap" }), 1e9),
      ],
      labels,
      settles: 0,
    },
  };
}
