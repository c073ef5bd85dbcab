import type { Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { steady } from "../../proof.ts";
import { min } from "../../promql/aggregate.ts";
import { series } from "../../promql/selector.ts";
import type { Scope } from "../../scope.ts";
import { mariadb } from "../../signals/mariadb.ts";
import { about } from "../outline.ts";
import { serverBook as book, type Server } from "./server.ts";

/** A start that nobody was woken for. */
export function restarted(scope: Scope, { view, labels, of }: Server): Alert {
  // Whoever was woken because the server was down knows that it has started again.
  const downBefore = `max_over_time(ALERTS{alertname="MariaDbDown",alertstate="firing",namespace="${scope.plan.name}"}[10m])`;
  return {
    ...about("MariaDbRestarted", "ticket", 0),
    expr: (limit) =>
      `${mariadb.uptime.expr(view)} < ${limit} and ${min(view.by, `${series("mariadbUptime", view.where)} offset 5m`)} > 0 unless on (${view.by.join(", ")}) ${downBefore}`,
    limit: 120,
    trouble: "below",
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
  };
}
