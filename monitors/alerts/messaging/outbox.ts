import { above, type Alert } from "../../alert.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { METRICS } from "../../metrics.ts";
import { viewOf, type Scope } from "../../scope.ts";
import { messaging } from "../../signals/messaging.ts";
import { hurried } from "../../timing.ts";
import { CONSUMER_LOOK, gauge } from "./consumer-proof.ts";

/** Events that do not leave the outbox for a while: a ticket; for long: a page. */
export function outboxAlerts(scope: Scope, producer: WorkloadPlan): Alert[] {
  return [
    outbox(scope, producer, "OutboxStuck", "ticket", 30),
    outbox(scope, producer, "OutboxStuckLong", "page", 300),
  ];
}

function outbox(scope: Scope, producer: WorkloadPlan, name: string, severity: "page" | "ticket", age: number): Alert {
  return {
    name,
    severity,
    role: "symptom",
    patience: 60,
    ...above(messaging.outboxAge.expr(viewOf(scope)), hurried(scope.timing, age)),
    summary: "{{ $labels.service }} cannot publish",
    description: "The oldest event in the outbox of {{ $labels.service }} is {{ $value | humanizeDuration }} old.",
    runbook: {
      symptom: "Events stay in the outbox.",
      impact: "Requests succeed, but nobody hears of them yet. Nothing is lost.",
      diagnosis: CONSUMER_LOOK,
      fix: [
        "Is Kafka down or does it refuse writes? Its own alert says how to go on.",
        "Otherwise restart the relay: `kubectl -n $namespace rollout restart deployment -l app.kubernetes.io/name=$service`.",
      ],
    },
    proof: gauge(scope, producer, METRICS.outboxAge.name),
  };
}
