import { above, type Alert } from "../alert.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { METRICS } from "../metrics.ts";
import { onKit } from "../programs.ts";
import { steady } from "../proof.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { process } from "../signals/process.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** Saturation inside a replica: the event loop and the heap, which programs on the kit show. */
export function processAlerts(scope: Scope): Alert[] {
  const [program] = onKit(scope.plan);
  return program ? [eventLoop(scope, program), heap(scope, program)] : [];
}

function eventLoop(scope: Scope, { name: service }: WorkloadPlan): Alert {
  return {
    name: "EventLoopLag",
    severity: "ticket",
    role: "symptom",
    patience: 300,
    ...above(process.eventLoop.expr(viewOf(scope)), 0.1),
    summary: "{{ $labels.service }} is late with everything",
    description: "The event loop of {{ $labels.service }} runs {{ $value | humanizeDuration }} late.",
    runbook: {
      symptom: "The process gets to its work too late.",
      impact: "Every request of that replica waits; above a second the liveness probe ends it.",
      diagnosis: ["kubectl -n $namespace top pods -l app.kubernetes.io/name=$service", ...LOOK_AT_SERVICE],
      fix: [
        'Is it at its CPU limit (panel "Throttled")? Raise `needs.cpu`.',
        "Otherwise something blocks: look for synchronous work, large JSON, regular expressions.",
      ],
    },
    proof: {
      series: (value) => [steady(example(METRICS.eventLoopLag.name, scope, service), value)],
      labels: { namespace: scope.plan.name, service },
      settles: 0,
    },
  };
}

function heap(scope: Scope, { name: service }: WorkloadPlan): Alert {
  return {
    name: "HeapNearlyFull",
    severity: "ticket",
    role: "symptom",
    patience: 300,
    ...above(process.heap.expr(viewOf(scope)), 0.85),
    summary: "The heap of {{ $labels.service }} is nearly full",
    description: "{{ $labels.service }} uses {{ $value | humanizePercentage }} of the heap that V8 may take.",
    runbook: {
      symptom: "The heap is close to the most V8 may take.",
      impact: "Time goes into garbage collection; then the process ends.",
      diagnosis: LOOK_AT_SERVICE,
      fix: [
        "Raise `needs.memory`; the heap follows the limit.",
        "Does it grow for days? Take a heap snapshot of one pod and compare it with a fresh one.",
      ],
    },
    proof: {
      series: (value) => [
        steady(example(METRICS.heapUsed.name, scope, service), value * 1e8),
        steady(example(METRICS.heapLimit.name, scope, service), 1e8),
      ],
      labels: { namespace: scope.plan.name, service },
      settles: 0,
    },
  };
}
