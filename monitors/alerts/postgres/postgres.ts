import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting, steady } from "../../proof.ts";
import { RECORDED } from "../../recorded.ts";
import { example, type Scope, seesPostgres, viewOf } from "../../scope.ts";
import { postgres } from "../../signals/postgres.ts";
import { broke, knownBefore, SAMPLES_BEFORE, startGuards } from "../known.ts";
import { LOOK_AT_STORE } from "../look.ts";
import { about, bookWith } from "../outline.ts";

const STORE = "postgres";
const CONNECTIONS = 150;
const book = bookWith([
  ...LOOK_AT_STORE,
  'kubectl -n $namespace exec postgres-0 -c postgres -- psql --host=/run/postgresql --username=postgres --command "SELECT pid, usename, state, wait_event_type, now() - xact_start AS open, left(query, 80) FROM pg_stat_activity ORDER BY open DESC NULLS LAST"',
]);

/** The PostgreSQL server of a system; none for a system without, or where the cloud runs and watches it. */
export function postgresAlerts(scope: Scope): Alert[] {
  return seesPostgres(scope) ? [down(scope), connections(scope), stuck(scope), deadlocks(scope)] : [];
}

const labelsOf = ({ plan }: Scope) => ({ namespace: plan.name, service: STORE });

function down(scope: Scope): Alert {
  const view = viewOf(scope);
  const labels = labelsOf(scope);
  return {
    ...about("PostgresDown", "page", 30),
    role: "cause",
    expr: (limit) =>
      `(${postgres.up.expr(view)}) < ${limit} and on (${view.by.join(", ")}) ${knownBefore(postgres.up.expr(view), RECORDED.store, view)}`,
    limit: 1,
    trouble: "below",
    summary: "PostgreSQL is down",
    description: "PostgreSQL does not let its exporter log in, or nobody can reach it.",
    runbook: book(
      "The database server does not answer.",
      "Every service that keeps something in it fails. Nothing acknowledged is lost.",
      [
        "Does the pod start? A full volume, a missing Secret or too little memory is in its log.",
        "Pod `Pending`? Its volume is bound to a node: is that node up?",
        "Data unreadable? Restore the last backup into a new volume before the services write again.",
      ],
    ),
    proof: {
      series: (value) => [broke(example(METRICS.postgresUp.name, scope, STORE), value)],
      labels,
      settles: SAMPLES_BEFORE * scope.timing.scrape,
      firing: 0,
      silent: 1,
    },
    guards: startGuards("fires when nobody ever reaches the server", "is silent while a new server starts", labels),
  };
}

function connections(scope: Scope): Alert {
  const of = (metric: string, labels = {}) => example(metric, scope, STORE, labels);
  return {
    ...about("PostgresConnections", "ticket", 120),
    ...above(postgres.connections.expr(viewOf(scope)), 0.8),
    summary: "PostgreSQL has few connections left",
    description: "{{ $value | humanizePercentage }} of the connections that PostgreSQL allows are taken.",
    runbook: book("Most connections are taken.", "New replicas get none and fail to start; at 100 % requests fail.", [
      "Which service holds them? `usename` is its name.",
      "Sessions idle in a transaction? See PostgresIdleInTransaction.",
      "Lower the pool or `scale.max` of a service, or raise `max_connections` of the server with its memory.",
    ]),
    proof: {
      series: (value) => [
        steady(of(METRICS.postgresConnections.name, { state: "active" }), value * CONNECTIONS),
        steady(of(METRICS.postgresMaxConnections.name), CONNECTIONS),
      ],
      labels: labelsOf(scope),
      settles: 0,
    },
  };
}

function stuck(scope: Scope): Alert {
  return {
    ...about("PostgresIdleInTransaction", "ticket", 600),
    ...above(postgres.stuck.expr(viewOf(scope)), 10),
    summary: "Transactions of PostgreSQL are left open",
    description: "{{ $value }} sessions hold a transaction open and do nothing in it.",
    runbook: book(
      "Sessions keep transactions open.",
      "Their locks make others wait, and old rows are not cleaned up.",
      [
        "Which service? It waits for somebody else, mostly a call, in the middle of a transaction: shorten that.",
        "End the oldest by `SELECT pg_terminate_backend(<pid>)`; the service connects again.",
      ],
    ),
    proof: {
      series: (value) => [
        steady(example(METRICS.postgresConnections.name, scope, STORE, { state: "idle in transaction" }), value),
      ],
      labels: labelsOf(scope),
      settles: 0,
    },
  };
}

function deadlocks(scope: Scope): Alert {
  const { rate, evaluation } = scope.timing;
  return {
    ...about("PostgresDeadlocks", "ticket", 600),
    ...above(postgres.deadlocks.expr(viewOf(scope)), 0.1),
    lingers: evaluation,
    summary: "Transactions of PostgreSQL end each other",
    description: "{{ $value | humanize }} deadlocks a second: one of two transactions is ended each time.",
    runbook: book("Transactions wait for each other.", "Requests fail or are tried again; both services get slower.", [
      "The server's log names both statements and rows.",
      "Let both sides change rows in the same order, or shorter.",
    ]),
    proof: {
      series: (value, every) => [counting(example(METRICS.postgresDeadlocks.name, scope, STORE), value, every)],
      labels: labelsOf(scope),
      settles: rate,
    },
  };
}
