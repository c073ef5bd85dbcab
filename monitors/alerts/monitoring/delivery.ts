import { above, below, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting, phased, steady } from "../../proof.ts";
import type { View } from "../../promql/selector.ts";
import { meta } from "../../signals/meta.ts";
import type { Timing } from "../../timing.ts";
import { about } from "../outline.ts";
import { LABELS, monitoringBook as book, of } from "./prometheus-proof.ts";

/** Nobody to hand alerts to. */
export function alertmanagerMissing(view: View): Alert {
  return {
    ...about("AlertmanagerMissing", "page", 60),
    ...below(meta.alertmanagers.expr(view), 1),
    summary: "Prometheus knows no Alertmanager",
    description: "Alerts fire and nobody hears of them.",
    runbook: book(
      "Prometheus has no Alertmanager to send to.",
      "No mail leaves, not even this one: the dead man's switch rings instead.",
      ["Does Alertmanager run? Is its Service there?"],
    ),
    proof: {
      series: (value) => [steady(of(METRICS.alertmanagers.name), value)],
      labels: LABELS,
      settles: 0,
      firing: 0,
      silent: 1,
    },
  };
}

/** Alerts that are lost before Alertmanager has them. */
export function alertsDropped(view: View, timing: Timing): Alert {
  return {
    ...about("AlertsDropped", "page", 0),
    lingers: 300,
    ...above(meta.dropped.expr(view), 0),
    summary: "Alerts do not reach Alertmanager",
    description: "{{ $value | humanize }} alerts per second were dropped on their way.",
    runbook: book("Prometheus drops alerts.", "Some alerts reach nobody.", [
      "Is Alertmanager overloaded or restarting? Is there a NetworkPolicy between the two?",
    ]),
    proof: {
      series: (value, every) => [counting(of(METRICS.alertsDropped.name), value, every)],
      labels: LABELS,
      settles: timing.scrape,
      firing: 0.1,
      silent: 0,
    },
  };
}

/** Alerts that Alertmanager has and nobody hears. */
export function notificationsFail(view: View, timing: Timing): Alert {
  const failed = of(METRICS.notificationsFailed.name, { integration: "email", reason: "clientError" });
  return {
    ...about("MessagesFail", "page", 0),
    lingers: 300,
    ...above(meta.notificationsFailed.expr(view), 0),
    summary: "Messages by {{ $labels.integration }} fail",
    description:
      "{{ $value | humanize }} messages by {{ $labels.integration }} could not be delivered within five minutes.",
    runbook: book(
      "Alertmanager cannot deliver.",
      "People do not hear of alerts over this channel; every other channel gets this one.",
      [
        "Alertmanager's log names the reason: wrong password, refused certificate, unknown address.",
        "A new password goes into the Secret of the stage; Alertmanager reads it from the mounted file.",
      ],
    ),
    proof: {
      series: (value) => [
        phased(failed, [
          { perSample: 0, samples: 8 },
          { perSample: value, samples: 0 },
          { perSample: 0, samples: 900 },
        ]),
      ],
      labels: { ...LABELS, integration: "email" },
      settles: 10 * timing.scrape,
      firing: 1,
      silent: 0,
    },
  };
}
