import { above, type Alert } from "../../alert.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { METRICS } from "../../metrics.ts";
import { steady } from "../../proof.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import { messaging } from "../../signals/messaging.ts";
import { hurried } from "../../timing.ts";
import { CONSUMER_FIX, CONSUMER_LOOK, labelsOf, topicOf } from "./consumer-proof.ts";

/** Events that wait for a while: a ticket; for long: a page. */
export function behind(scope: Scope, consumer: WorkloadPlan): Alert[] {
  return [lag(scope, consumer, "ConsumerBehind", "ticket", 30), lag(scope, consumer, "ConsumerFarBehind", "page", 300)];
}

function lag(scope: Scope, consumer: WorkloadPlan, name: string, severity: "page" | "ticket", age: number): Alert {
  return {
    name,
    severity,
    role: "symptom",
    patience: 120,
    ...above(messaging.lagSeconds.expr(viewOf(scope, "topic")), hurried(scope.timing, age)),
    summary: "{{ $labels.service }} is behind on {{ $labels.topic }}",
    description:
      "The oldest event of {{ $labels.topic }} that waits for {{ $labels.service }} is {{ $value | humanizeDuration }} old.",
    runbook: {
      symptom: "Events wait for a consumer.",
      impact: "The next step of the business case is late; views show old data. Nothing is lost.",
      diagnosis: CONSUMER_LOOK,
      fix: CONSUMER_FIX,
    },
    proof: {
      series: (value) => [
        steady(example(METRICS.lagSeconds.name, scope, consumer.name, { topic: topicOf(consumer) }), value),
      ],
      labels: labelsOf(scope, consumer, { topic: topicOf(consumer) }),
      settles: 0,
    },
  };
}

/** More of them than a quarter of an hour ago. */
export function lagGrowing(scope: Scope, consumer: WorkloadPlan): Alert {
  const window = "15m";
  const { where, by } = viewOf(scope);
  const waiting = messaging.lagRecords.expr({ where, by, window });
  return {
    name: "LagGrowing",
    severity: "ticket",
    role: "symptom",
    patience: 300,
    lingers: 300,
    // Growth within a quarter of an hour, of a lag that is already more than a batch.
    expr: (limit) => `delta(${`(${waiting})`}[${window}:1m]) > ${limit} and ${waiting} > 500`,
    limit: 100,
    trouble: "above",
    summary: "{{ $labels.service }} falls behind",
    description: "Within fifteen minutes {{ $value | humanize }} more events wait for {{ $labels.service }}.",
    runbook: {
      symptom: "More events arrive than are handled.",
      impact: "The delay grows until it breaks the freshness objective.",
      diagnosis: CONSUMER_LOOK,
      fix: CONSUMER_FIX,
    },
    proof: {
      series: (value, every) => [
        {
          series: example(METRICS.lagRecords.name, scope, consumer.name, { topic: topicOf(consumer), partition: "0" }),
          values: `1000+${Number(((value / 900) * every).toPrecision(10))}x800`,
        },
      ],
      labels: labelsOf(scope, consumer),
      settles: 840,
    },
  };
}
