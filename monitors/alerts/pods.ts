import { above, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { phased, steady, type InputSeries } from "../proof.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { container } from "../signals/container.ts";
import { kubernetes } from "../signals/kubernetes.ts";
import { crashLoopingAlerts } from "./crash-looping.ts";
import { deploymentProof } from "./deployment-proof.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** Pods that restart, are missing, or do not become ready. */
export function podAlerts(scope: Scope): Alert[] {
  return [
    ...crashLoopingAlerts(scope),
    outOfMemory(scope),
    replicasMissing(scope),
    notReady(scope),
    rolloutFailed(scope),
    memoryCritical(scope),
    memoryHigh(scope),
  ];
}

const firstService = ({ plan }: Scope) => plan.workloads[0]?.name ?? "";
const podLabels = (scope: Scope) => ({
  namespace: scope.plan.name,
  service: firstService(scope),
  pod: `${firstService(scope)}-1`,
});

function outOfMemory(scope: Scope): Alert {
  const service = firstService(scope);
  const of = (metric: string, labels = {}) => example(metric, scope, service, { container: service, ...labels });
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
      series: (value) => [
        phased(of(METRICS.podRestarts.name), [
          { perSample: 0, samples: 20 },
          { perSample: value, samples: 0 },
          { perSample: 0, samples: 900 },
        ]),
        steady(of(METRICS.podLastTerminated.name, { reason: "OOMKilled" }), 1),
      ],
      labels: podLabels(scope),
      settles: 22 * scope.timing.scrape,
      firing: 1,
      silent: 0,
    },
    guards: [
      {
        title: "is silent for a restart with another reason",
        series: [
          phased(of(METRICS.podRestarts.name), [
            { perSample: 0, samples: 20 },
            { perSample: 1, samples: 0 },
            { perSample: 0, samples: 900 },
          ]),
          steady(of(METRICS.podLastTerminated.name, { reason: "Error" }), 1),
        ],
        after: 25 * scope.timing.scrape,
        fires: null,
      },
    ],
  };
}

function replicasMissing(scope: Scope): Alert {
  return {
    name: "ReplicasMissing",
    severity: "ticket",
    role: "symptom",
    patience: 900,
    ...above(kubernetes.missingReplicas.expr(viewOf(scope)), 0),
    summary: "{{ $labels.service }} lacks replicas",
    description: "{{ $value }} replicas of {{ $labels.service }} have been missing for fifteen minutes.",
    runbook: {
      symptom: "Fewer replicas are ready than wanted.",
      impact: "Less capacity, and the next fault may find nobody left.",
      diagnosis: [
        "kubectl -n $namespace describe deployment -l app.kubernetes.io/name=$service | tail -20",
        ...LOOK_AT_SERVICE,
      ],
      fix: ["`Pending`: no node has room, see the events.", "Not ready: the readiness probe says why in the events."],
    },
    proof: deploymentProof(scope, (of, value) => [
      steady(of(METRICS.deploymentWanted.name), 2),
      steady(of(METRICS.deploymentAvailable.name), 2 - value),
    ]),
  };
}

/** Stores and whatever else no Deployment counts; missing replicas of a Deployment have an alert of their own. */
function notReady(scope: Scope): Alert {
  const store = "mariadb";
  const of = (metric: string, labels = {}) => example(metric, scope, store, { pod: `${store}-0`, ...labels });
  const pod = (value: number, ready = "false"): InputSeries[] => [
    steady(of(METRICS.podLabels.name), 1),
    steady(of(METRICS.podReady.name, { condition: ready }), value),
  ];
  const view = viewOf(scope);
  return {
    name: "PodNotReady",
    severity: "ticket",
    role: "symptom",
    patience: 900,
    expr: (limit) =>
      `${kubernetes.notReady.expr(view)} > ${limit} unless on (namespace, service) ${kubernetes.missingReplicas.expr(view)} > 0`,
    limit: 0,
    trouble: "above",
    summary: "Pods of {{ $labels.service }} are not ready",
    description: "{{ $value }} pods of {{ $labels.service }} have been pending or not ready for fifteen minutes.",
    runbook: {
      symptom: "A pod that should run is pending or not ready.",
      impact: "What it serves is missing or stands on fewer legs.",
      diagnosis: LOOK_AT_SERVICE,
      fix: [
        "`Pending`: no node has room, or its volume cannot be attached; see the events.",
        "Not ready: the readiness probe says why in the events.",
      ],
    },
    proof: {
      series: (value) => pod(value),
      labels: { namespace: scope.plan.name, service: store },
      settles: 0,
      firing: 1,
      silent: 0,
    },
    guards: [
      {
        title: "is silent for a Job that has ended",
        series: [...pod(1), steady(of(METRICS.podPhase.name, { phase: "Succeeded" }), 1)],
        after: 960,
        fires: null,
      },
    ],
  };
}

function rolloutFailed(scope: Scope): Alert {
  return {
    name: "RolloutFailed",
    severity: "ticket",
    role: "symptom",
    patience: 60,
    ...above(kubernetes.rolloutFailed.expr(viewOf(scope)), 0),
    summary: "The rollout of {{ $labels.service }} failed",
    description:
      "The new version of {{ $labels.service }} made no progress within its deadline; the old one still serves.",
    runbook: {
      symptom: "New pods do not become ready.",
      impact: "None for users: the old version stays until the new one is ready. The deployment is reported as failed.",
      diagnosis: [
        "kubectl -n $namespace rollout status deployment -l app.kubernetes.io/name=$service --timeout=5s",
        ...LOOK_AT_SERVICE,
      ],
      fix: ["Deploy the version before, or a corrected one."],
    },
    proof: deploymentProof(scope, (of, value) => [
      steady(of(METRICS.deploymentCondition.name, { condition: "Progressing", status: "false" }), value),
    ]),
  };
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

function memoryCritical(scope: Scope): Alert {
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

function memoryHigh(scope: Scope): Alert {
  return memoryAlert(
    scope,
    { name: "MemoryHigh", severity: "info", patience: 300, summary: "{{ $labels.service }} fills its memory" },
    0.8,
    "None yet.",
  );
}
