import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting, steady } from "../../proof.ts";
import { mariadb } from "../../signals/mariadb.ts";
import { about } from "../outline.ts";
import { serverBook as book, type Server } from "./server.ts";

/** What the server can still take. */
export function loadAlerts(server: Server): Alert[] {
  return [connections(server), busy(server), logWaits(server), historyLong(server)];
}

function connections({ view, labels, of }: Server): Alert {
  return {
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
  };
}

/** More statements at work than any pool of one service may start: they wait for each other. */
function busy({ view, gauge }: Server): Alert {
  return {
    ...about("MariaDbBusy", "ticket", 300),
    ...above(mariadb.running.expr(view), 30),
    summary: "MariaDB has too much to do at once",
    description: "{{ $value }} statements are being carried out at the same time.",
    runbook: book("Many statements run at once.", "All services get slower together.", [
      "Look for a statement without an index: `processlist` shows those that run long.",
      "Row lock waits? Two services or two replicas change the same rows.",
    ]),
    proof: gauge(METRICS.mariadbRunning.name),
  };
}

function logWaits({ view, timing, labels, of }: Server): Alert {
  return {
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
      settles: timing.rate,
    },
  };
}

function historyLong({ view, gauge }: Server): Alert {
  return {
    ...about("MariaDbHistoryLong", "ticket", 120),
    ...above(mariadb.history.expr(view), 50_000),
    summary: "MariaDB cannot clean up",
    description: "{{ $value | humanize }} old versions of rows are kept because a transaction may still read them.",
    runbook: book("The history of changed rows grows.", "Every read gets slower, and the disk fills.", [
      "Which transaction is the oldest? `processlist` shows it; end it with `KILL`.",
      "Does a service keep a transaction open while it waits for somebody else? Shorten it.",
    ]),
    proof: gauge(METRICS.mariadbHistory.name),
  };
}
