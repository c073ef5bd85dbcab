import { above, below, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { autoscaled, running } from "../programs.ts";
import { steady, type InputSeries, type Proof } from "../proof.ts";
import { viewOf, type Scope } from "../scope.ts";
import { kubernetes } from "../signals/kubernetes.ts";

const LOOK = [
  "kubectl -n $namespace get hpa,pdb",
  "kubectl -n $namespace describe hpa -l app.kubernetes.io/name=$service | tail -20",
  "kubectl -n $namespace top pods -l app.kubernetes.io/name=$service",
];

/** The autoscaler at its end, an autoscaler without figures, a floor that is broken. */
export function scalingAlerts(scope: Scope): Alert[] {
  const scaled = autoscaled(scope.plan).length > 0 ? [atMaximum(scope), stuck(scope), blind(scope)] : [];
  return running(scope.plan).length > 0 ? [...scaled, budgetBroken(scope)] : [];
}

function atMaximum(scope: Scope): Alert {
  return {
    name: "AutoscalerAtMaximum",
    severity: "ticket",
    role: "symptom",
    patience: 900,
    ...above(kubernetes.atMost.expr(viewOf(scope)), 0.99),
    summary: "{{ $labels.service }} cannot grow any further",
    description: "The autoscaler of {{ $labels.service }} has asked for its maximum of replicas for fifteen minutes.",
    runbook: {
      symptom: "The autoscaler is at `scale.max`.",
      impact: "More load will make the service slower.",
      diagnosis: LOOK,
      fix: [
        "Is the load real? Raise `scale.max`; for a consumer also `partitions`.",
        "Is it slow rather than busy? Look at its calls and its database first.",
      ],
    },
    proof: autoscalerProof(scope, (of, value) => [
      steady(of(METRICS.autoscalerDesired.name), value),
      steady(of(METRICS.autoscalerMax.name), 1),
    ]),
  };
}

function stuck(scope: Scope): Alert {
  return {
    name: "AutoscalerStuck",
    severity: "ticket",
    role: "symptom",
    patience: 900,
    ...above(kubernetes.notScaled.expr(viewOf(scope)), 0),
    summary: "{{ $labels.service }} does not get the replicas it should have",
    description:
      "For fifteen minutes {{ $value }} replicas fewer or more of {{ $labels.service }} have run than its autoscaler wants.",
    runbook: {
      symptom: "The autoscaler's wish is not carried out.",
      impact: "Load meets too few replicas, or idle ones cost money.",
      diagnosis: LOOK,
      fix: [
        "Pods `Pending`? No node has room, or the namespace's quota is used up.",
        "Old pods that do not end? Look for a finalizer or a drain that hangs.",
      ],
    },
    proof: autoscalerProof(scope, (of, value) => [
      steady(of(METRICS.autoscalerDesired.name), 2 + value),
      steady(of(METRICS.autoscalerCurrent.name), 2),
    ]),
    guards: [
      {
        title: "fires for replicas that do not go away",
        after: 960,
        fires: { namespace: scope.plan.name, service: firstOf(scope) },
        series: autoscalerProof(scope, (of) => [
          steady(of(METRICS.autoscalerDesired.name), 2),
          steady(of(METRICS.autoscalerCurrent.name), 3),
        ]).series(0, 0),
      },
    ],
  };
}

const firstOf = ({ plan }: Scope) => autoscaled(plan)[0]?.name ?? "";

function blind(scope: Scope): Alert {
  return {
    name: "AutoscalerBlind",
    severity: "ticket",
    role: "symptom",
    patience: 900,
    ...above(kubernetes.scalingBlind.expr(viewOf(scope)), 0),
    summary: "The autoscaler of {{ $labels.service }} sees no figures",
    description: "The autoscaler of {{ $labels.service }} has had no metrics for fifteen minutes and does not act.",
    runbook: {
      symptom: "`kubectl get hpa` shows `<unknown>`.",
      impact: "More load adds no replicas.",
      diagnosis: [...LOOK, "kubectl -n kube-system logs -l k8s-app=metrics-server --tail=50"],
      fix: ["Is the metrics server running?", "Has every container a CPU request?"],
    },
    proof: autoscalerProof(scope, (of, value) => [
      steady(of(METRICS.autoscalerCondition.name, { condition: "ScalingActive", status: "false" }), value),
    ]),
  };
}

function budgetBroken(scope: Scope): Alert {
  const of = (metric: string) => `${metric}{namespace="${scope.plan.name}",poddisruptionbudget="floor"}`;
  return {
    name: "DisruptionBudgetBroken",
    severity: "ticket",
    role: "symptom",
    patience: 900,
    ...below(kubernetes.budgetSpare.expr(viewOf(scope)), 0),
    summary: "Fewer pods than {{ $labels.poddisruptionbudget }} asks for",
    description:
      "{{ $value }} pods are missing below the floor of the disruption budget {{ $labels.poddisruptionbudget }}.",
    runbook: {
      symptom: "Fewer healthy pods than the disruption budget asks for.",
      impact: "Nodes cannot be drained, and there is no spare.",
      diagnosis: LOOK,
      fix: ["Find out why pods are not ready: see ReplicasMissing."],
    },
    proof: {
      series: (value) => [steady(of(METRICS.budgetHealthy.name), 2 + value), steady(of(METRICS.budgetWanted.name), 2)],
      labels: { namespace: scope.plan.name, poddisruptionbudget: "floor" },
      settles: 0,
      firing: -1,
      silent: 0,
    },
  };
}

function autoscalerProof(
  scope: Scope,
  series: (of: (metric: string, labels?: Record<string, string>) => string, value: number) => InputSeries[],
): Proof {
  const { plan } = scope;
  const service = firstOf(scope);
  const of = (metric: string, labels: Record<string, string> = {}) =>
    `${metric}{${Object.entries({ namespace: plan.name, horizontalpodautoscaler: `${service}-1a2b3c4d`, ...labels })
      .map(([name, value]) => `${name}="${value}"`)
      .join(",")}}`;
  const named = steady(of(METRICS.autoscalerLabels.name, { service, system: plan.name }), 1);
  return {
    series: (value) => [named, ...series(of, value)],
    labels: { namespace: plan.name, service },
    settles: 0,
    firing: 1,
    silent: 0,
  };
}
