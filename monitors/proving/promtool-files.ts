import { stringify } from "yaml";
import type { Alert } from "../alert.ts";
import { alertingRule } from "../alerting-rule.ts";
import type { Mutation } from "./mutations.ts";
import { ruleFile, type AlertingRule, type RecordingRule } from "../rule-file.ts";
import type { Timing } from "../timing.ts";
import { duration } from "../promql/duration.ts";
import { casesOf } from "./cases.ts";

/** One alert with everything promtool needs to judge it. */
export interface Trial {
  readonly alert: Alert;
  readonly timing: Timing;
  readonly origin: { readonly team: string; readonly system: string };
  /** Recording rules that the alert reads. */
  readonly recordings: readonly RecordingRule[];
}

/** Rules and cases of one alert as promtool reads them. A mutation changes the rule, never the cases; only the cases that must see it are kept. */
export function promtoolFiles(trial: Trial, file: string, mutation?: Mutation): { rules: string; tests: string } {
  const { alert, timing, origin } = trial;
  const rule = alertingRule(alert, timing, origin, { runbooks: "", dashboards: "" });
  const cases = casesOf(alert, timing).filter(({ proves }) => mutation === undefined || mutation.seenBy.includes(proves));
  const interval = duration(timing.evaluation);
  const rules = ruleFile([{ name: "trial", interval, rules: [...relevant(trial), withoutText(mutation ? mutation.apply(rule, alert, timing) : rule)] }]);
  const tests = stringify({
    rule_files: [file], evaluation_interval: interval,
    tests: cases.map(({ title, series, after, fires }) => ({
      name: `${alert.name}/${alert.severity}: ${title}`, interval: duration(timing.scrape), input_series: series,
      alert_rule_test: [{ eval_time: duration(after), alertname: alert.name, exp_alerts: fires ? [{ exp_labels: { ...rule.labels, ...fires } }] : [] }],
    })),
  }, { lineWidth: 0 });
  return { rules, tests };
}

/** What the alert reads, for the service of the case only: others would be missing there, and rightly raise the alert. */
function relevant({ alert, recordings }: Trial): RecordingRule[] {
  const expr = alert.expr(alert.limit);
  const { service, slo } = alert.proof.labels;
  return recordings.filter(({ record, labels }) => labels["service"] === undefined
    ? expr.includes(record)
    : expr.includes(labels["slo"] === undefined ? record : "slo:") && labels["service"] === service && labels["slo"] === slo);
}

/** promtool compares texts as well; these cases are about when an alert fires and what it is called. */
function withoutText(rule: AlertingRule): AlertingRule {
  return { ...rule, annotations: {} };
}
