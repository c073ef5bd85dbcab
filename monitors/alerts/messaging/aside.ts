import { above, type Alert } from "../../alert.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { METRICS } from "../../metrics.ts";
import { phased } from "../../proof.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import { messaging } from "../../signals/messaging.ts";
import { CONSUMER_FIX, CONSUMER_LOOK, gauge, labelsOf, topicOf } from "./consumer-proof.ts";

/** Events that were given up. */
export function deadLetters(scope: Scope, consumer: WorkloadPlan): Alert {
  const topic = topicOf(consumer);
  const metric = example(METRICS.deadLetters.name, scope, consumer.name, { topic, reason: "exhausted" });
  return {
    name: "DeadLetters",
    severity: "ticket",
    role: "alone",
    patience: 0,
    lingers: 300,
    ...above(messaging.deadLetters.expr(viewOf(scope, "topic")), 0),
    summary: "{{ $labels.service }} put events of {{ $labels.topic }} aside",
    description: "{{ $value | humanize }} events of {{ $labels.topic }} could not be handled and were put aside.",
    runbook: {
      symptom: "Events are in a dead-letter topic.",
      impact: "The business cases of these events stand still until somebody decides.",
      diagnosis: [
        ...CONSUMER_LOOK,
        "kubectl -n $namespace exec kafka-0 -- kafka-tool consumer.ConsoleConsumer --topic <topic>.$service.dlq --from-beginning --timeout-ms 5000",
      ],
      fix: [
        "Correct the cause, then send the events again from the dead-letter topic; handling is safe to repeat.",
        "Events that are wrong for good are answered by hand: the correlation key names the case.",
      ],
    },
    proof: {
      series: (value) => [
        phased(metric, [
          { perSample: 0, samples: 20 },
          { perSample: value, samples: 0 },
          { perSample: 0, samples: 900 },
        ]),
      ],
      labels: labelsOf(scope, consumer, { topic }),
      settles: 22 * scope.timing.scrape,
      firing: 1,
      silent: 0,
    },
  };
}

/** Events that are tried again and again. */
export function parked(scope: Scope, consumer: WorkloadPlan): Alert {
  return {
    name: "EventsParked",
    severity: "ticket",
    role: "symptom",
    patience: 900,
    ...above(messaging.parked.expr(viewOf(scope)), 0),
    summary: "{{ $labels.service }} keeps putting events off",
    description: "{{ $value }} events have been waiting for another attempt for fifteen minutes.",
    runbook: {
      symptom: "Events are tried again and again.",
      impact: "Their business cases wait; others go on.",
      diagnosis: CONSUMER_LOOK,
      fix: CONSUMER_FIX,
    },
    proof: gauge(scope, consumer, METRICS.parked.name, { firing: 1, silent: 0 }),
  };
}
