import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting, steady } from "../../proof.ts";
import type { View } from "../../promql/selector.ts";
import { meta } from "../../signals/meta.ts";
import type { Timing } from "../../timing.ts";
import { about } from "../outline.ts";
import { LABELS, monitoringBook as book, of } from "./prometheus-proof.ts";

/** Rules that end in an error. */
export function rulesFail(view: View, timing: Timing): Alert {
  return {
    ...about("RulesFail", "page", 0),
    lingers: 300,
    ...above(meta.ruleFailures.expr(view), 0),
    summary: "Rules cannot be evaluated",
    description: "{{ $value | humanize }} rules per second fail.",
    runbook: book("Prometheus cannot evaluate a rule.", "The alerts of that rule are blind.", [
      "Prometheus's log names the rule. Most often two series match where one was expected.",
    ]),
    proof: {
      series: (value, every) => [counting(of(METRICS.ruleFailures.name), value, every)],
      labels: LABELS,
      settles: timing.scrape,
      firing: 0.1,
      silent: 0,
    },
  };
}

/** Rules that hardly end before they begin again. */
export function rulesSlow(view: View): Alert {
  return {
    ...about("RulesSlow", "ticket", 900),
    ...above(meta.ruleTime.expr(view), 0.5),
    summary: "Rules take long",
    description: "The slowest rule group takes {{ $value | humanizePercentage }} of its interval.",
    runbook: book(
      "Rules take more than half of their interval.",
      "Soon evaluations are skipped and alerts come late.",
      ['Which group? Dashboard "Cluster", "Rule time". Give Prometheus more CPU or drop series.'],
    ),
    proof: {
      series: (value) => [
        steady(of(METRICS.ruleDuration.name, { rule_group: "a" }), value * 15),
        steady(of(METRICS.ruleInterval.name, { rule_group: "a" }), 15),
      ],
      labels: LABELS,
      settles: 0,
    },
  };
}
