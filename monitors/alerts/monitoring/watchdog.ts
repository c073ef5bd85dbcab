import { above, type Alert } from "../../alert.ts";
import { about } from "../outline.ts";
import { monitoringBook as book } from "./prometheus-proof.ts";

/** The heartbeat that must never stop. */
export function watchdog(): Alert {
  return {
    ...about("Watchdog", "none", 0),
    ...above("vector(1)", 0),
    summary: "The alerting works",
    description:
      "This alert always fires. It is a heartbeat: when it stops, the receiver outside the cluster raises the alarm.",
    runbook: book(
      "The heartbeat of the alerting stopped.",
      "Prometheus, Alertmanager or the way out is down: faults of all systems go unnoticed.",
      ["Does Prometheus run? Then Alertmanager? Then the way to the receiver?"],
    ),
    proof: { series: () => [], labels: {}, settles: 0, firing: 1, silent: 1 },
  };
}
