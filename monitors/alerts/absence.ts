import type { Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { max, min, sum } from "../promql/aggregate.ts";
import { duration } from "../promql/duration.ts";
import { select, series } from "../promql/selector.ts";
import { steady } from "../proof.ts";
import { RECORDED } from "../recorded.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { broke, FIRST_START_SECONDS, knownBefore, SAMPLES_BEFORE } from "./known.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** What is not there raises no value: absence is compared with what the description declares. */
export function absenceAlerts(scope: Scope): Alert[] {
  return [serviceDown(scope), targetDown(scope), metricAbsent(scope)];
}

function serviceDown(scope: Scope): Alert {
  const view = viewOf(scope);
  const { where, by } = view;
  const up = sum(by, series("up", where, 'job="services"'));
  const service = scope.plan.workloads[0]?.name ?? "";
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
      labels: { namespace: scope.plan.name, service },
      settles: SAMPLES_BEFORE * scope.timing.scrape,
      firing: 0,
      silent: 1,
    },
    guards: [
      {
        title: "fires for a service that never starts",
        series: [],
        after: FIRST_START_SECONDS + 60,
        fires: { namespace: scope.plan.name, service },
      },
      { title: "is silent while a new service starts", series: [], after: FIRST_START_SECONDS - 60, fires: null },
    ],
  };
}

function targetDown(scope: Scope): Alert {
  const { where } = viewOf(scope);
  const service = scope.plan.workloads[0]?.name ?? "";
  return {
    name: "TargetDown",
    severity: "ticket",
    role: "symptom",
    patience: 300,
    expr: (limit) => `${min(["namespace", "service", "pod"], series("up", where))} < ${limit}`,
    limit: 1,
    trouble: "below",
    summary: "{{ $labels.pod }} cannot be measured",
    description: "Prometheus has not been able to read the metrics of {{ $labels.pod }} for five minutes.",
    runbook: {
      symptom: "One pod does not answer on its metrics port while others do.",
      impact: "Alerts see only the other replicas. If the pod also fails its readiness probe, there is less capacity.",
      diagnosis: LOOK_AT_SERVICE,
      fix: [
        "Delete the pod if it hangs: `kubectl -n $namespace delete pod <pod>`.",
        "Does the NetworkPolicy let the namespace `monitoring` reach port 9464?",
      ],
    },
    proof: {
      series: (value) => [steady(example(METRICS.up.name, scope, service), value)],
      labels: { namespace: scope.plan.name, service, pod: `${service}-1` },
      settles: 0,
      firing: 0,
      silent: 1,
    },
  };
}

function metricAbsent(scope: Scope): Alert {
  const { where, by } = viewOf(scope);
  const service = scope.plan.workloads[0]?.name ?? "";
  const seen = `present_over_time(${series("buildInfo", where)}[${duration(600)}])`;
  return {
    name: "MetricAbsent",
    severity: "ticket",
    role: "symptom",
    patience: 600,
    // Targets that answer, less targets that say something.
    expr: (limit) =>
      `(${sum(by, series("up", where, 'job="services"'))} - (${sum(by, seen)} or on (${by.join(", ")}) 0 * ${max(by, select(RECORDED.declared, where))})) > ${limit}`,
    limit: 0,
    trouble: "above",
    summary: "{{ $labels.service }} answers without metrics",
    description:
      "{{ $value }} replicas of {{ $labels.service }} answer on their metrics port without the metrics that rules need.",
    runbook: {
      symptom: "The metrics port answers, but the kit's metrics are missing.",
      impact: "Every alert of this service is blind: silence means nothing.",
      diagnosis: [
        ...LOOK_AT_SERVICE,
        "kubectl -n $namespace exec deployment/$service -- node -e \"fetch('http://127.0.0.1:9464/metrics').then(r=>r.text()).then(console.log)\" | head",
      ],
      fix: [
        "Does another process listen on the metrics port?",
        "Was the metrics part of the kit removed or renamed? `npm test` in the repository names the missing ones.",
      ],
    },
    proof: {
      series: (value) =>
        [
          steady(example(METRICS.up.name, scope, service), 1),
          steady(example(METRICS.buildInfo.name, scope, service, { version: "1" }), 1 - value),
        ].filter(({ values }) => value <= 0 || !values.startsWith("0")),
      labels: { namespace: scope.plan.name, service },
      settles: 0,
      firing: 1,
      silent: 0,
    },
  };
}
