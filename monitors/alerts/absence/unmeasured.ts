import type { Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { named, onKit, scraped } from "../../programs.ts";
import { steady, type Proof } from "../../proof.ts";
import { max, min, sum } from "../../promql/aggregate.ts";
import { duration } from "../../promql/duration.ts";
import { select, series } from "../../promql/selector.ts";
import { RECORDED } from "../../recorded.ts";
import { example, GATEWAY_SERVICE, seesDatabase, viewOf, type Scope } from "../../scope.ts";
import { LOOK_AT_SERVICE } from "../look.ts";

/** A replica that Prometheus cannot read; none where it reads nothing of a system. */
export function targetDown(scope: Scope): Alert[] {
  const [first] = targets(scope);
  return first === undefined ? [] : [unread(scope, first)];
}

/** What Prometheus reads: programs that show figures, brokers and database, and the probe of the entry. */
function targets({ plan, stores }: Scope): string[] {
  return [
    ...scraped(plan).map(({ name }) => name),
    ...(plan.messaging.topics.length > 0 ? ["kafka"] : []),
    ...(seesDatabase({ plan, stores }) ? ["mariadb"] : []),
    ...(plan.entry === null ? [] : [GATEWAY_SERVICE]),
  ];
}

function unread(scope: Scope, service: string): Alert {
  const { where } = viewOf(scope);
  return {
    name: "TargetDown",
    severity: "ticket",
    role: "symptom",
    patience: 300,
    expr: (limit) => `${min(["namespace", "service", "pod", "node"], series("up", where))} < ${limit}`,
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
        "Does the NetworkPolicy let the namespace `monitoring` reach its metrics port?",
      ],
    },
    proof: {
      series: (value) => [steady(example(METRICS.up.name, scope, service, { node: "node-1" }), value)],
      labels: { namespace: scope.plan.name, service, pod: `${service}-1`, node: "node-1" }, // a node that is gone explains its pods
      settles: 0,
      firing: 0,
      silent: 1,
    },
  };
}

/** A replica on the kit that answers and says nothing. */
export function metricAbsent(scope: Scope): Alert {
  const { plan } = scope;
  const programs = onKit(plan);
  const view = viewOf(scope);
  const { by } = view;
  const where = programs.length === scraped(plan).length ? view.where : [...view.where, named(programs)];
  const service = programs[0]?.name ?? "";
  const declared = max(by, select(RECORDED.declared, where));
  const seen = `present_over_time(${series("buildInfo", where)}[${duration(600)}])`;
  return {
    name: "MetricAbsent",
    severity: "ticket",
    role: "symptom",
    patience: 600,
    // Targets that answer, less targets that say something.
    expr: (limit) =>
      `(${sum(by, series("up", where, 'job="services"'))} - (${sum(by, seen)} or on (${by.join(", ")}) 0 * ${declared})) > ${limit}`,
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
    proof: blindReplica(scope, service),
  };
}

/** Replicas that answer, `value` of them without the metric. */
function blindReplica(scope: Scope, service: string): Proof {
  return {
    series: (value) =>
      [
        steady(example(METRICS.up.name, scope, service), 1),
        steady(example(METRICS.buildInfo.name, scope, service, { version: "1" }), 1 - value),
      ].filter(({ values }) => value <= 0 || !values.startsWith("0")),
    labels: { namespace: scope.plan.name, service },
    settles: 0,
    firing: 1,
    silent: 0,
  };
}
