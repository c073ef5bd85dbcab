import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { running } from "../../programs.ts";
import { phased, steady, type InputSeries } from "../../proof.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import { container } from "../../signals/container.ts";
import { kubernetes } from "../../signals/kubernetes.ts";
import { LOOK_AT_SERVICE } from "../look.ts";

const firstService = ({ plan }: Scope) => (running(plan)[0] ?? plan.workloads[0])?.name ?? "";

/** A container that was killed for its memory. */
export function outOfMemory(scope: Scope): Alert {
  const service = firstService(scope);
  return {
    name: "PodOutOfMemory",
    severity: "ticket",
    role: "symptom",
    patience: 30,
    lingers: 300,
    ...above(kubernetes.outOfMemory.expr(viewOf(scope, "pod")), 0),
    summary: "{{ $labels.pod }} was killed for its memory",
    description: "{{ $labels.pod }} used more memory than its limit and was killed.",
    runbook: {
      symptom: "A container was ended by the kernel for using more memory than its limit.",
      impact: "Requests under way were lost. It will happen again.",
      diagnosis: [...LOOK_AT_SERVICE, "kubectl -n $namespace top pods -l app.kubernetes.io/name=$service"],
      fix: [
        "Raise `needs.memory` of the service in its description.",
        "Does memory grow without traffic? Compare heap and working set on the dashboard: a leak outside the heap is in a native module or in buffers.",
      ],
    },
    proof: {
      series: (value) => ended(scope, "OOMKilled", value),
      labels: { namespace: scope.plan.name, service, pod: `${service}-1` },
      settles: 22 * scope.timing.scrape,
      firing: 1,
      silent: 0,
    },
    guards: [
      {
        title: "is silent for a restart with another reason",
        series: ended(scope, "Error", 1),
        after: 25 * scope.timing.scrape,
        fires: null,
      },
    ],
  };
}

/** A container that ends `times` times at once, the last time for a reason. */
function ended(scope: Scope, reason: string, times: number): InputSeries[] {
  const service = firstService(scope);
  const of = (metric: string, labels = {}) => example(metric, scope, service, { container: service, ...labels });
  return [
    phased(of(METRICS.podRestarts.name), [
      { perSample: 0, samples: 20 },
      { perSample: times, samples: 0 },
      { perSample: 0, samples: 900 },
    ]),
    steady(of(METRICS.podLastTerminated.name, { reason }), 1),
  ];
}

const MEMORY_FIX = [
  "Raise `needs.memory` of the service in its description.",
  "Is it one pod of several? Delete it and watch whether the new one grows too.",
];

function memoryAlert(
  scope: Scope,
  rest: Pick<Alert, "name" | "severity" | "patience" | "summary">,
  limit: number,
  impact: string,
): Alert {
  const service = firstService(scope);
  const of = (metric: string, labels = {}) => example(metric, scope, service, { container: service, ...labels });
  return {
    ...rest,
    role: "symptom",
    ...above(container.memoryRatio.expr(viewOf(scope)), limit),
    description: "{{ $labels.service }} uses {{ $value | humanizePercentage }} of its memory limit.",
    runbook: {
      symptom: "The working set comes close to the limit.",
      impact,
      diagnosis: ["kubectl -n $namespace top pods -l app.kubernetes.io/name=$service", ...LOOK_AT_SERVICE],
      fix: MEMORY_FIX,
    },
    proof: {
      series: (value) => [
        steady(of(METRICS.containerMemory.name), value * 2 ** 30),
        steady(of(METRICS.podLimits.name, { resource: "memory" }), 2 ** 30),
      ],
      labels: { namespace: scope.plan.name, service },
      settles: 0,
    },
  };
}

/** A container that is about to be killed. */
export function memoryCritical(scope: Scope): Alert {
  return memoryAlert(
    scope,
    {
      name: "MemoryCritical",
      severity: "page",
      patience: 120,
      summary: "{{ $labels.service }} is about to be killed for its memory",
    },
    0.9,
    "At 100 % the container is killed with every request in it.",
  );
}

/** A container that comes close. */
export function memoryHigh(scope: Scope): Alert {
  return memoryAlert(
    scope,
    { name: "MemoryHigh", severity: "info", patience: 300, summary: "{{ $labels.service }} fills its memory" },
    0.8,
    "None yet.",
  );
}
