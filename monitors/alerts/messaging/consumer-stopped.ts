import { below, type Alert } from "../../alert.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { METRICS } from "../../metrics.ts";
import { viewOf, type Scope } from "../../scope.ts";
import { messaging } from "../../signals/messaging.ts";
import { CONSUMER_LOOK, gauge } from "./consumer-proof.ts";

/** Every replica is alive and none reads: what a lag that nobody measures would hide. */
export function consumerStopped(scope: Scope, consumer: WorkloadPlan): Alert {
  return {
    name: "ConsumerStopped",
    severity: "page",
    role: "symptom",
    patience: 120,
    ...below(messaging.connected.expr(viewOf(scope)), 1),
    summary: "{{ $labels.service }} reads no events",
    description: "No replica of {{ $labels.service }} is a member of its consumer group.",
    runbook: {
      symptom: "The service runs, but is no member of its consumer group.",
      impact: "Its events wait; see ConsumerBehind.",
      diagnosis: CONSUMER_LOOK,
      fix: [
        "Can the pods reach Kafka (NetworkPolicy, name resolution)?",
        "Restart the service: `kubectl -n $namespace rollout restart deployment -l app.kubernetes.io/name=$service`.",
      ],
    },
    proof: gauge(scope, consumer, METRICS.consumerConnected.name, { firing: 0, silent: 1 }),
  };
}
