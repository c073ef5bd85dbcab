import { above, below, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { steady } from "../../proof.ts";
import type { View } from "../../promql/selector.ts";
import { meta } from "../../signals/meta.ts";
import { about } from "../outline.ts";
import { LABELS, monitoringBook as book, of } from "./prometheus-proof.ts";

/** A part that tells nothing. */
export function partDown(view: View): Alert {
  return {
    ...about("MonitoringPartDown", "ticket", 300),
    ...below(meta.parts.expr(view), 1),
    summary: "{{ $labels.job }} shows no figures",
    description: "Prometheus has not been able to read {{ $labels.job }} for five minutes.",
    runbook: book(
      "A part of the monitoring does not answer.",
      "Alerts that read its figures are blind: their silence means nothing.",
      [
        "Does its pod run? `containers`, `cadvisor` and `kubelet` are ports of the node itself.",
        "May Prometheus reach it (NetworkPolicy) and read it (ClusterRole)?",
      ],
    ),
    proof: {
      series: (value) => [steady(`${METRICS.up.name}{job="kube-state",instance="a"}`, value)],
      labels: { job: "kube-state" },
      settles: 0,
      firing: 0,
      silent: 1,
    },
  };
}

/** A part that goes on with old settings. */
export function reload(name: string, who: string, measure: string, metric: string): Alert {
  return {
    ...about(name, "page", 300),
    ...below(measure, 1),
    summary: `${who} refused its settings`,
    description: `${who} goes on with its old settings.`,
    runbook: book(
      "New settings were refused.",
      "What was meant to change did not: new alerts or receivers are missing.",
      ["The log names the line. `npm test` finds the same fault before deployment."],
    ),
    proof: { series: (value) => [steady(of(metric), value)], labels: LABELS, settles: 0, firing: 0, silent: 1 },
  };
}

/** A label that takes any value. */
export function tooManySeries(view: View): Alert {
  return {
    ...about("TooManySeries", "ticket", 900),
    ...above(meta.series.expr(view), 500_000),
    summary: "Prometheus keeps too many series",
    description: "{{ $value | humanize }} series are in memory.",
    runbook: book(
      "A label takes unboundedly many values.",
      "Prometheus needs more and more memory and is killed in the end.",
      ['`topk(10, count by (__name__) ({__name__!=""}))` names the metric; remove the label that makes them.'],
    ),
    proof: { series: (value) => [steady(of(METRICS.series.name), value)], labels: LABELS, settles: 0 },
  };
}
