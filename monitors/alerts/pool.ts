import { above, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { counting, steady, type InputSeries } from "../proof.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { pool } from "../signals/pool.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

type Sample = (
  of: (metric: string, labels?: Record<string, string>) => string,
  value: number,
  every: number,
) => InputSeries[];

/** A service and its database connections. */
export function poolAlerts(scope: Scope): Alert[] {
  const { timing } = scope;
  const view = viewOf(scope);
  return [
    alert(
      scope,
      { name: "PoolSaturated", severity: "ticket", patience: 300, ...above(pool.used.expr(view), 0.8) },
      "{{ $labels.service }} uses nearly all its database connections",
      "{{ $value | humanizePercentage }} of the connections of {{ $labels.service }} are busy.",
      "Busy connections stay close to the pool's size.",
      (of, value) => [
        steady(of(METRICS.poolConnections.name, { state: "active" }), value * 10),
        steady(of(METRICS.poolMax.name), 10),
      ],
      0,
    ),
    {
      ...alert(
        scope,
        { name: "PoolWaiting", severity: "ticket", patience: 120, ...above(pool.waiting.expr(view), 0) },
        "Work of {{ $labels.service }} waits for the database",
        "{{ $value }} pieces of work of {{ $labels.service }} wait for a connection.",
        "Work waits for a database connection.",
        (of, value) => [steady(of(METRICS.poolWaiting.name), value)],
        0,
      ),
    },
    alert(
      scope,
      { name: "PoolSlow", severity: "ticket", patience: 300, ...above(pool.acquire.expr(view), 0.1) },
      "{{ $labels.service }} waits long for database connections",
      "One piece of work in twenty waits {{ $value | humanizeDuration }} for a connection.",
      "Getting a connection takes more than 100 ms.",
      slowWaits,
      timing.scrape,
      { firing: 0.2, silent: 0.05 },
    ),
    alert(
      scope,
      { name: "PoolTimeouts", severity: "page", patience: 60, ...above(pool.timeouts.expr(view), 0) },
      "{{ $labels.service }} gets no database connection",
      "{{ $value | humanize }} pieces of work per second of {{ $labels.service }} got no connection in time.",
      "Waits for a connection are given up.",
      (of, value, every) => [counting(of(METRICS.poolTimeouts.name), value, every)],
      timing.scrape,
      { firing: 1, silent: 0 },
    ),
  ];
}

/** Waits that all fall into the bucket around `value`. */
const slowWaits: Sample = (of, value, every) =>
  [0.05, 0.1, 0.25, 1, Infinity].map((edge) =>
    counting(
      of(`${METRICS.poolAcquire.name}_bucket`, { le: edge === Infinity ? "+Inf" : String(edge) }),
      edge >= value ? 10 : 0,
      every,
    ),
  );

function alert(
  scope: Scope,
  rest: Pick<Alert, "name" | "severity" | "patience" | "expr" | "limit" | "trouble">,
  summary: string,
  description: string,
  symptom: string,
  sample: Sample,
  settles: number,
  values?: { firing: number; silent: number },
): Alert {
  const service = scope.plan.databases[0]?.owner ?? "";
  const of = (metric: string, labels: Record<string, string> = {}) => example(metric, scope, service, labels);
  const between = rest.limit === 0 && values === undefined ? { firing: 1, silent: 0 } : values;
  return {
    ...rest,
    role: "symptom",
    summary,
    description,
    runbook: {
      symptom,
      impact: "Requests wait for the database, then fail with 503.",
      diagnosis: [
        ...LOOK_AT_SERVICE,
        "kubectl -n $namespace exec statefulset/mariadb -c mariadb -- mariadb-admin --user=mariadb processlist",
      ],
      fix: [
        'Is MariaDB slow or locked? See the dashboard "Database": threads at work, row lock waits, slow statements.',
        "Does a transaction stay open while the service waits for somebody else? Shorten it.",
        "Only then raise the pool; pool × replicas must stay below the server's limit.",
      ],
    },
    proof: {
      series: (value, every) => sample(of, value, every),
      labels: { namespace: scope.plan.name, service },
      settles,
      ...between,
    },
  };
}
