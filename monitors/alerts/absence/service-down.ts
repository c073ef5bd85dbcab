import type { Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { max, sum } from "../../promql/aggregate.ts";
import { select, series } from "../../promql/selector.ts";
import { RECORDED } from "../../recorded.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import { broke, knownBefore, SAMPLES_BEFORE, startGuards } from "../known.ts";
import { LOOK_AT_SERVICE } from "../look.ts";

/** No replica of a service that the description declares. */
export function serviceDown(scope: Scope): Alert {
  const view = viewOf(scope);
  const { where, by } = view;
  const up = sum(by, series("up", where, 'job="services"'));
  const service = scope.plan.workloads[0]?.name ?? "";
  const labels = { namespace: scope.plan.name, service };
  return {
    name: "ServiceDown",
    severity: "page",
    role: "cause",
    patience: 30,
    expr: (limit) =>
      `(${up} or on (${by.join(", ")}) 0 * ${max(by, select(RECORDED.declared, where))}) < ${limit} and on (${by.join(", ")}) ${knownBefore(up, RECORDED.declared, view)}`,
    limit: 1,
    trouble: "below",
    summary: "{{ $labels.service }} is down",
    description: "No replica of {{ $labels.service }} can be reached, or none exists.",
    runbook: {
      symptom: "Not one replica of the service answers.",
      impact:
        "Everything that calls the service fails or falls back; events for it wait in Kafka and are handled when it returns.",
      diagnosis: ["kubectl -n $namespace get deployment,hpa -l app.kubernetes.io/name=$service", ...LOOK_AT_SERVICE],
      fix: [
        "Scaled to zero by hand? `kubectl -n $namespace scale deployment -l app.kubernetes.io/name=$service --replicas=2`.",
        "`ImagePullBackOff` or `CrashLoopBackOff` after a rollout? Deploy the version before.",
        "`Pending`? No node has room: look at NodeDown and at the requests of the namespace's quota.",
      ],
    },
    proof: {
      series: (value) => [broke(example(METRICS.up.name, scope, service), value)],
      labels,
      settles: SAMPLES_BEFORE * scope.timing.scrape,
      firing: 0,
      silent: 1,
    },
    guards: startGuards("fires for a service that never starts", "is silent while a new service starts", labels),
  };
}
