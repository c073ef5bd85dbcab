import { above, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { pooled } from "../programs.ts";
import { counting, steady, type InputSeries, type Proof } from "../proof.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { pool } from "../signals/pool.ts";
import { LOOK_AT_SERVICE } from "./look.ts";
import { about } from "./outline.ts";

type Sample = (
  of: (metric: string, labels?: Record<string, string>) => string,
  value: number,
  every: number,
) => InputSeries[];

/** Services on the kit and their database connections. */
export function poolAlerts(scope: Scope): Alert[] {
  return pooled(scope.plan).length > 0 ? [saturated(scope), waiting(scope), slow(scope), timeouts(scope)] : [];
}

function saturated(scope: Scope): Alert {
  return alert(scope, {
    ...about("PoolSaturated", "ticket", 300),
    ...above(pool.used.expr(viewOf(scope)), 0.8),
    summary: "{{ $labels.service }} uses nearly all its database connections",
    description: "{{ $value | humanizePercentage }} of the connections of {{ $labels.service }} are busy.",
    symptom: "Busy connections stay close to the pool's size.",
    sample: (of, value) => [
      steady(of(METRICS.poolConnections.name, { state: "active" }), value * 10),
      steady(of(METRICS.poolMax.name), 10),
    ],
  });
}

function waiting(scope: Scope): Alert {
  return alert(scope, {
    ...about("PoolWaiting", "ticket", 120),
    ...above(pool.waiting.expr(viewOf(scope)), 0),
    summary: "Work of {{ $labels.service }} waits for the database",
    description: "{{ $value }} pieces of work of {{ $labels.service }} wait for a connection.",
    symptom: "Work waits for a database connection.",
    sample: (of, value) => [steady(of(METRICS.poolWaiting.name), value)],
    values: { firing: 1, silent: 0 },
  });
}

function slow(scope: Scope): Alert {
  return alert(scope, {
    ...about("PoolSlow", "ticket", 300),
    ...above(pool.acquire.expr(viewOf(scope)), 0.1),
    summary: "{{ $labels.service }} waits long for database connections",
    description: "One piece of work in twenty waits {{ $value | humanizeDuration }} for a connection.",
    symptom: "Getting a connection takes more than 100 ms.",
    sample: slowWaits,
    values: { settles: scope.timing.scrape, firing: 0.2, silent: 0.05 },
  });
}

function timeouts(scope: Scope): Alert {
  return alert(scope, {
    ...about("PoolTimeouts", "page", 60),
    ...above(pool.timeouts.expr(viewOf(scope)), 0),
    summary: "{{ $labels.service }} gets no database connection",
    description:
      "{{ $value | humanize }} pieces of work per second of {{ $labels.service }} got no connection in time.",
    symptom: "Waits for a connection are given up.",
    sample: (of, value, every) => [counting(of(METRICS.poolTimeouts.name), value, every)],
    values: { settles: scope.timing.scrape, firing: 1, silent: 0 },
  });
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
  told: Omit<Alert, "runbook" | "proof"> & {
    readonly symptom: string;
    readonly sample: Sample;
    readonly values?: Partial<Proof>;
  },
): Alert {
  const { symptom, sample, values, ...judged } = told;
  const service = pooled(scope.plan)[0]?.name ?? "";
  const of = (metric: string, labels: Record<string, string> = {}) => example(metric, scope, service, labels);
  return {
    ...judged,
    role: "symptom",
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
      settles: 0,
      ...values,
    },
  };
}
