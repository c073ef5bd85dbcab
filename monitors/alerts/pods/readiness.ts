import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { steady, type InputSeries } from "../../proof.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import { kubernetes } from "../../signals/kubernetes.ts";
import { LOOK_AT_SERVICE, VERSION_BEFORE } from "../look.ts";
import { deploymentProof } from "./deployment-proof.ts";

const STORE = "mariadb";
const ofStore = (scope: Scope, metric: string, labels = {}) =>
  example(metric, scope, STORE, { pod: `${STORE}-0`, ...labels });

/** Replicas of a Deployment that are not there. */
export function replicasMissing(scope: Scope): Alert {
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
export function notReady(scope: Scope): Alert {
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
      series: (value) => storePod(scope, value),
      labels: { namespace: scope.plan.name, service: STORE },
      settles: 0,
      firing: 1,
      silent: 0,
    },
    guards: [
      {
        title: "is silent for a Job that has ended",
        series: [...storePod(scope, 1), steady(ofStore(scope, METRICS.podPhase.name, { phase: "Succeeded" }), 1)],
        after: 960,
        fires: null,
      },
    ],
  };
}

/** The pod of a store, not ready for so many. */
function storePod(scope: Scope, value: number): InputSeries[] {
  return [
    steady(ofStore(scope, METRICS.podLabels.name), 1),
    steady(ofStore(scope, METRICS.podReady.name, { condition: "false" }), value),
  ];
}

/** A new version that does not come up. */
export function rolloutFailed(scope: Scope): Alert {
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
      fix: [`Deploy ${VERSION_BEFORE}, or a corrected one.`],
    },
    proof: deploymentProof(scope, (of, value) => [
      steady(of(METRICS.deploymentCondition.name, { condition: "Progressing", status: "false" }), value),
    ]),
  };
}
