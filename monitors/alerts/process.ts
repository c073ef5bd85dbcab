import { above, below, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { steady } from "../proof.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { container } from "../signals/container.ts";
import { process } from "../signals/process.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** Saturation inside a replica: the event loop, the heap, the disk. */
export function processAlerts(scope: Scope): Alert[] {
  return [eventLoop(scope), heap(scope), ...volumes(scope)];
}

function eventLoop(scope: Scope): Alert {
  const service = scope.plan.workloads[0]?.name ?? "";
  return {
    name: "EventLoopLag", severity: "ticket", role: "symptom", patience: 300,
    ...above(process.eventLoop.expr(viewOf(scope)), 0.1),
    summary: "{{ $labels.service }} is late with everything",
    description: "The event loop of {{ $labels.service }} runs {{ $value | humanizeDuration }} late.",
    runbook: {
      symptom: "The process gets to its work too late.", impact: "Every request of that replica waits; above a second the liveness probe ends it.",
      diagnosis: ["kubectl -n $namespace top pods -l app.kubernetes.io/name=$service", ...LOOK_AT_SERVICE],
      fix: ["Is it at its CPU limit (panel \"Throttled\")? Raise `needs.cpu`.", "Otherwise something blocks: look for synchronous work, large JSON, regular expressions."],
    },
    proof: { series: (value) => [steady(example(METRICS.eventLoopLag.name, scope, service), value)], labels: { namespace: scope.plan.name, service }, settles: 0 },
  };
}

function heap(scope: Scope): Alert {
  const service = scope.plan.workloads[0]?.name ?? "";
  return {
    name: "HeapNearlyFull", severity: "ticket", role: "symptom", patience: 300,
    ...above(process.heap.expr(viewOf(scope)), 0.85),
    summary: "The heap of {{ $labels.service }} is nearly full",
    description: "{{ $labels.service }} uses {{ $value | humanizePercentage }} of the heap that V8 may take.",
    runbook: {
      symptom: "The heap is close to the most V8 may take.", impact: "Time goes into garbage collection; then the process ends.",
      diagnosis: LOOK_AT_SERVICE,
      fix: ["Raise `needs.memory`; the heap follows the limit.", "Does it grow for days? Take a heap snapshot of one pod and compare it with a fresh one."],
    },
    proof: {
      series: (value) => [steady(example(METRICS.heapUsed.name, scope, service), value * 1e8), steady(example(METRICS.heapLimit.name, scope, service), 1e8)],
      labels: { namespace: scope.plan.name, service }, settles: 0,
    },
  };
}

function volumes(scope: Scope): Alert[] {
  const claim = (metric: string) => `${metric}{namespace="${scope.plan.name}",persistentvolumeclaim="data-mariadb-0"}`;
  const base = (name: string, severity: "page" | "ticket", limit: number, patience: number): Alert => ({
    name, severity, role: "alone", patience,
    ...below(container.volumeFree.expr(viewOf(scope)), limit),
    summary: "Volume {{ $labels.persistentvolumeclaim }} fills up",
    description: "{{ $value | humanizePercentage }} of volume {{ $labels.persistentvolumeclaim }} is free.",
    runbook: {
      symptom: "A volume is nearly full.", impact: "A store with a full volume stops writing: orders are refused.",
      diagnosis: ["kubectl -n $namespace get pvc", "kubectl -n $namespace get pods -o wide"],
      fix: ["Raise `storage` of the stage in model/stage.ts and deploy; volumes grow without downtime where the storage class allows it.", "Kafka: shorten the retention of the largest topic (dashboard Kafka, \"Log size\")."],
    },
    proof: {
      series: (value) => [steady(claim(METRICS.volumeAvailable.name), value * 1e9), steady(claim(METRICS.volumeCapacity.name), 1e9)],
      labels: { namespace: scope.plan.name, persistentvolumeclaim: "data-mariadb-0" }, settles: 0,
    },
  });
  return [base("VolumeFull", "page", 0.03, 60), base("VolumeFilling", "ticket", 0.15, 3600)];
}
