import { above, below, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { max, min } from "../promql/aggregate.ts";
import { series } from "../promql/selector.ts";
import { RECORDED } from "../recorded.ts";
import { counting, steady, type Proof } from "../proof.ts";
import { example, seesDatabase, viewOf, type Scope } from "../scope.ts";
import { mariadb } from "../signals/mariadb.ts";
import { broke, FIRST_START_SECONDS, knownBefore, SAMPLES_BEFORE } from "./known.ts";
import { LOOK_AT_STORE } from "./look.ts";
import { about, bookWith } from "./outline.ts";

const STORE = "mariadb";

/** The database server of a system; none for a system without databases, or where the cloud runs and watches it. */
export function mariadbAlerts(scope: Scope): Alert[] {
  if (!seesDatabase(scope)) return [];
  const of = (metric: string) => example(metric, scope, STORE);
  const labels = { namespace: scope.plan.name, service: STORE };
  const view = viewOf(scope);
  // Whoever was woken because the server was down knows that it has started again.
  const downBefore = `max_over_time(ALERTS{alertname="MariaDbDown",alertstate="firing",namespace="${scope.plan.name}"}[10m])`;
  return [
    down(scope, {
      series: (value) => [broke(of(METRICS.mariadbUp.name), value)],
      labels,
      settles: SAMPLES_BEFORE * scope.timing.scrape,
      firing: 0,
      silent: 1,
    }),
    ...loadAlerts(scope, labels),
    ...copyAlerts(scope, labels),
    {
      ...about("MariaDbRestarted", "ticket", 0),
      expr: (limit) =>
        `${mariadb.uptime.expr(view)} < ${limit} and ${min(view.by, `${series("mariadbUptime", view.where)} offset 5m`)} > 0 unless on (${view.by.join(", ")}) ${downBefore}`,
      limit: 120,
      trouble: "below" as const,
      lingers: 300,
      summary: "MariaDB was restarted",
      description: "MariaDB started {{ $value | humanizeDuration }} ago.",
      runbook: book(
        "The server has just started.",
        "Transactions under way were rolled back; services connected again by themselves.",
        [
          "Planned? Then nothing. Otherwise the log of the previous container says why: `kubectl -n $namespace logs mariadb-0 -c mariadb --previous`.",
        ],
      ),
      proof: {
        series: (value) => [{ series: of(METRICS.mariadbUptime.name), values: `5000+0x20 ${value}+0x800` }],
        labels,
        settles: 21 * scope.timing.scrape,
      },
      guards: [
        {
          title: "is silent when the server starts for the first time",
          series: [steady(of(METRICS.mariadbUptime.name), 10)],
          after: 60,
          fires: null,
        },
      ],
    },
  ];
}

function down(scope: Scope, proof: Proof): Alert {
  const view = viewOf(scope);
  return {
    ...about("MariaDbDown", "page", 30),
    role: "cause",
    expr: (limit) =>
      `(${mariadb.up.expr(view)}) < ${limit} and on (${view.by.join(", ")}) ${knownBefore(mariadb.up.expr(view), RECORDED.store, view)}`,
    limit: 1,
    trouble: "below",
    summary: "MariaDB is down",
    description: "MariaDB does not let its exporter log in, or nobody can reach it.",
    runbook: book(
      "The database server does not answer.",
      "Every service that keeps something refuses writes; events wait in Kafka. Nothing acknowledged is lost.",
      [
        "Does the pod start? A full volume, a missing Secret or too little memory is in its log.",
        "Pod `Pending`? Its volume is bound to a node: is that node up?",
        "Data unreadable? Restore the last backup into a new volume before the services write again.",
      ],
    ),
    proof,
    guards: [
      {
        title: "fires when nobody ever reaches the server",
        series: [],
        after: FIRST_START_SECONDS + 60,
        fires: proof.labels,
      },
      { title: "is silent while a new server starts", series: [], after: FIRST_START_SECONDS - 60, fires: null },
    ],
  };
}

function loadAlerts(scope: Scope, labels: Proof["labels"]): Alert[] {
  const of = (metric: string) => example(metric, scope, STORE);
  const gauge = (metric: string): Proof => ({ series: (value) => [steady(of(metric), value)], labels, settles: 0 });
  const view = viewOf(scope);
  return [
    {
      ...about("MariaDbConnections", "ticket", 120),
      ...above(mariadb.connections.expr(view), 0.8),
      summary: "MariaDB has few connections left",
      description: "{{ $value | humanizePercentage }} of the connections that MariaDB allows are taken.",
      runbook: book("Most connections are taken.", "New replicas get none and fail to start; at 100 % requests fail.", [
        "Which service holds them? `processlist` names the user.",
        "Lower `scale.max` of a service, or raise `max_connections` of the server with its memory.",
      ]),
      proof: {
        series: (value) => [
          steady(of(METRICS.mariadbConnections.name), value * 150),
          steady(of(METRICS.mariadbMaxConnections.name), 150),
        ],
        labels,
        settles: 0,
      },
    },
    {
      // More statements at work than any pool of one service may start: they wait for each other.
      ...about("MariaDbBusy", "ticket", 300),
      ...above(mariadb.running.expr(view), 30),
      summary: "MariaDB has too much to do at once",
      description: "{{ $value }} statements are being carried out at the same time.",
      runbook: book("Many statements run at once.", "All services get slower together.", [
        "Look for a statement without an index: `processlist` shows those that run long.",
        "Row lock waits? Two services or two replicas change the same rows.",
      ]),
      proof: gauge(METRICS.mariadbRunning.name),
    },
    {
      ...about("MariaDbLogWaits", "ticket", 900),
      ...above(mariadb.logWaits.expr(view), 10),
      summary: "MariaDB waits for its log",
      description: "{{ $value | humanize }} commits per second wait for room in the log buffer.",
      runbook: book("Commits wait for the log buffer.", "Writes are slow.", [
        "Raise `innodb_log_buffer_size`.",
        "Is the volume slow? See its latency on the dashboard of the node.",
      ]),
      proof: {
        series: (value, every) => [counting(of(METRICS.mariadbLogWaits.name), value, every)],
        labels,
        settles: scope.timing.rate,
      },
    },
    {
      ...about("MariaDbHistoryLong", "ticket", 120),
      ...above(mariadb.history.expr(view), 50_000),
      summary: "MariaDB cannot clean up",
      description: "{{ $value | humanize }} old versions of rows are kept because a transaction may still read them.",
      runbook: book("The history of changed rows grows.", "Every read gets slower, and the disk fills.", [
        "Which transaction is the oldest? `processlist` shows it; end it with `KILL`.",
        "Does a service keep a transaction open while it waits for somebody else? Shorten it.",
      ]),
      proof: gauge(METRICS.mariadbHistory.name),
    },
  ];
}

/** Of a server that follows another; silent where none does. */
function copyAlerts(scope: Scope, labels: Proof["labels"]): Alert[] {
  const of = (metric: string) => example(metric, scope, STORE);
  const view = viewOf(scope);
  // A lag that shrinks heals by itself.
  const recovering = `deriv(${series("mariadbBehind", view.where)}[5m]) < 0`;
  return [
    {
      ...about("MariaDbCopyStopped", "page", 120),
      ...below(mariadb.copying.expr(view), 1),
      summary: "A copy of MariaDB has stopped",
      description: "A server that follows another no longer fetches or applies its changes.",
      runbook: book(
        "Replication has stopped.",
        "The copy grows old: it must not take over, and what it answers is wrong.",
        [
          "`SHOW REPLICA STATUS` names the statement and the error.",
          "Cannot be mended? Make the copy anew from a backup.",
        ],
      ),
      proof: {
        series: (value) => [
          steady(of(METRICS.mariadbCopyReads.name), 1),
          steady(of(METRICS.mariadbCopyWrites.name), value),
        ],
        labels,
        settles: 0,
        firing: 0,
        silent: 1,
      },
    },
    {
      ...about("MariaDbCopyBehind", "ticket", 60),
      expr: (limit) => `${mariadb.behind.expr(view)} > ${limit} unless ${max(view.by, recovering)}`,
      limit: 30,
      trouble: "above",
      summary: "A copy of MariaDB is behind",
      description: "A server that follows another is {{ $value | humanizeDuration }} behind and does not catch up.",
      runbook: book("Replication is slow.", "What the copy answers is old; a failover would lose the last changes.", [
        "Is one large transaction under way? Wait for it.",
        "Otherwise the copy is too small or too busy: send fewer reads to it.",
      ]),
      proof: { series: (value) => [steady(of(METRICS.mariadbBehind.name), value)], labels, settles: 0 },
      guards: [
        {
          title: "is silent while the copy catches up",
          series: [{ series: of(METRICS.mariadbBehind.name), values: "3000-60x40 600-60x10 0+0x700" }],
          after: 300,
          fires: null,
        },
      ],
    },
  ];
}

const book = bookWith([
  ...LOOK_AT_STORE,
  "kubectl -n $namespace exec mariadb-0 -c mariadb -- mariadb-admin --user=mariadb processlist status",
]);
