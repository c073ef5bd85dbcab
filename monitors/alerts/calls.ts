import { above, type Alert } from "../alert.ts";
import type { CallPlan } from "../../model/plan/edges/calls.ts";
import { METRICS } from "../metrics.ts";
import { keptCalls } from "../programs.ts";
import { counting, steady } from "../proof.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { calls } from "../signals/calls.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** Breakers, fallbacks and bulkheads of the calls that the kit keeps; programs of others show nothing of theirs. */
export function callAlerts(scope: Scope): Alert[] {
  const edge = scope.plan.workloads.flatMap(keptCalls)[0];
  return edge
    ? [circuitOpen(scope, edge), flapping(scope, edge), fallbacks(scope, edge), bulkheadFull(scope, edge)]
    : [];
}

const labelsOf = ({ plan }: Scope, { caller, callee }: CallPlan) => ({ namespace: plan.name, service: caller, callee });

function circuitOpen(scope: Scope, edge: CallPlan): Alert {
  return {
    name: "CircuitOpen",
    severity: "ticket",
    role: "symptom",
    patience: 60,
    ...above(calls.breakerOpen.expr(viewOf(scope, "callee")), 0),
    summary: "{{ $labels.service }} no longer calls {{ $labels.callee }}",
    description:
      "The breaker from {{ $labels.service }} to {{ $labels.callee }} has been open for a minute: half of the calls failed.",
    runbook: {
      symptom: "A breaker is open.",
      impact: "Calls are refused at once or answered by the fallback that the description declares.",
      diagnosis: ["kubectl -n $namespace get pods", ...LOOK_AT_SERVICE],
      fix: [
        "Work on the callee named in the alert; the breaker closes by itself a few seconds after it answers again.",
      ],
    },
    proof: {
      series: (value) => [
        steady(example(METRICS.breakerState.name, scope, edge.caller, { callee: edge.callee, state: "open" }), value),
      ],
      labels: labelsOf(scope, edge),
      settles: 0,
      firing: 1,
      silent: 0,
    },
  };
}

function flapping(scope: Scope, edge: CallPlan): Alert {
  return {
    name: "CircuitFlapping",
    severity: "ticket",
    role: "symptom",
    patience: 30,
    lingers: 300,
    ...above(calls.breakerChanges.expr(viewOf(scope, "callee")), 6),
    summary: "The breaker to {{ $labels.callee }} opens and closes",
    description:
      "The breaker from {{ $labels.service }} to {{ $labels.callee }} changed {{ $value | humanize }} times within ten minutes.",
    runbook: {
      symptom: "A breaker opens and closes again and again.",
      impact: "Every other request fails.",
      diagnosis: LOOK_AT_SERVICE,
      fix: [
        "The callee recovers and breaks under load: look at its latency and its limits.",
        "Is the time-out of the call shorter than the callee's p99? Change one of them.",
      ],
    },
    proof: {
      series: (value, every) => [
        counting(
          example(METRICS.breakerTransitions.name, scope, edge.caller, { callee: edge.callee, state: "open" }),
          value / 600,
          every,
        ),
      ],
      labels: labelsOf(scope, edge),
      settles: 600,
    },
  };
}

function fallbacks(scope: Scope, edge: CallPlan): Alert {
  const of = (metric: string, labels: Record<string, string>) =>
    example(metric, scope, edge.caller, { callee: edge.callee, ...labels });
  return {
    name: "FallbacksHigh",
    severity: "ticket",
    role: "symptom",
    patience: 300,
    ...above(calls.fallbackRatio.expr(viewOf(scope, "callee")), 0.05),
    summary: "{{ $labels.service }} answers without {{ $labels.callee }}",
    description:
      "{{ $value | humanizePercentage }} of the calls from {{ $labels.service }} to {{ $labels.callee }} end in the fallback.",
    runbook: {
      symptom: "Many calls are answered by the fallback.",
      impact: "Users get the answer that the description declares for this case: refused, a default, or later.",
      diagnosis: LOOK_AT_SERVICE,
      fix: [
        'See the outcome panel of the row "Calls": time-out, refused or server error say where to look in the callee.',
      ],
    },
    proof: {
      series: (value, every) => [
        counting(of(METRICS.calls.name, { outcome: "ok" }), 100, every),
        counting(of(METRICS.fallbacks.name, { fallback: "reject" }), 100 * value, every),
      ],
      labels: labelsOf(scope, edge),
      settles: scope.timing.scrape,
    },
  };
}

function bulkheadFull(scope: Scope, edge: CallPlan): Alert {
  const of = (metric: string) => example(metric, scope, edge.caller, { callee: edge.callee });
  return {
    name: "BulkheadFull",
    severity: "ticket",
    role: "symptom",
    patience: 120,
    ...above(calls.bulkhead.expr(viewOf(scope, "callee")), 0.9),
    summary: "{{ $labels.service }} waits for {{ $labels.callee }} with all it has",
    description:
      "{{ $value | humanizePercentage }} of the calls that {{ $labels.service }} may make to {{ $labels.callee }} at once are under way.",
    runbook: {
      symptom: "Nearly all slots of a bulkhead are taken.",
      impact: "Further calls are refused at once; other routes of the caller are not touched.",
      diagnosis: LOOK_AT_SERVICE,
      fix: [
        "The callee is slow: see its latency.",
        "Is the load real and the callee fast? Raise `maxConcurrent` of the call.",
      ],
    },
    proof: {
      series: (value) => [
        steady(of(METRICS.callsInFlight.name), value * 50),
        steady(of(METRICS.bulkheadLimit.name), 50),
      ],
      labels: labelsOf(scope, edge),
      settles: 0,
    },
  };
}
