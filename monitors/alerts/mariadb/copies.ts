import { below, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { steady } from "../../proof.ts";
import { max } from "../../promql/aggregate.ts";
import { series } from "../../promql/selector.ts";
import { mariadb } from "../../signals/mariadb.ts";
import { about } from "../outline.ts";
import { serverBook as book, type Server } from "./server.ts";

/** Of a server that follows another; silent where none does. */
export function copyAlerts(server: Server): Alert[] {
  return [stopped(server), behind(server)];
}

function stopped({ view, labels, of }: Server): Alert {
  return {
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
  };
}

function behind({ view, labels, of }: Server): Alert {
  // A lag that shrinks heals by itself.
  const recovering = `deriv(${series("mariadbBehind", view.where)}[5m]) < 0`;
  return {
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
  };
}
