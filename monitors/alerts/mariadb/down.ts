import type { Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { RECORDED } from "../../recorded.ts";
import { mariadb } from "../../signals/mariadb.ts";
import { broke, knownBefore, SAMPLES_BEFORE, startGuards } from "../known.ts";
import { about } from "../outline.ts";
import { serverBook as book, type Server } from "./server.ts";

/** Nobody can ask the server. */
export function mariadbDown({ view, timing, labels, of }: Server): Alert {
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
    proof: {
      series: (value) => [broke(of(METRICS.mariadbUp.name), value)],
      labels,
      settles: SAMPLES_BEFORE * timing.scrape,
      firing: 0,
      silent: 1,
    },
    guards: startGuards("fires when nobody ever reaches the server", "is silent while a new server starts", labels),
  };
}
