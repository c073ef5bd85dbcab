import { stringify } from "yaml";
import type { Alert } from "../alert.ts";
import { alertingRule } from "../alerting-rule.ts";
import type { Mutation } from "./mutations.ts";
import { ruleFile, type AlertingRule, type RecordingRule } from "../rule-file.ts";
import type { Timing } from "../timing.ts";
import { duration } from "../promql/duration.ts";
import type { Case } from "./cases.ts";

/** One alert with everything promtool needs to judge it. */
export interface Trial {
  readonly alert: Alert;
  readonly timing: Timing;
  readonly origin: { readonly team: string; readonly system: string };
  /** Recording rules that the alert reads. */
  readonly recordings: readonly RecordingRule[];
}

/** What promtool judges at once. */
export interface Judged {
  readonly trial: Trial;
  readonly proof: Case;
  readonly mutations: readonly Mutation[];
}

/** Name that a broken alert goes by, so that one run judges it beside the whole one. */
export const brokenName = ({ name }: Alert, { title }: Mutation) => `${name} with ${title}`;

/**
 * Rules and one case of an alert as promtool reads them, and of the alert broken in every way that this case must see: all are judged
 * on the same series, because promtool spends its time on every evaluation of every rule. A mutation changes the rule, never the case.
 */
export function promtoolFiles(
  { trial, proof, mutations }: Judged,
  rulesFile: string,
): { rules: string; tests: string } {
  const { alert, timing, origin } = trial;
  const { title, series, after, fires, proves } = proof;
  const rule = withoutText(alertingRule(alert, timing, origin, { runbooks: "", dashboards: "" }));
  const broken = mutations
    .filter(({ seenBy, breaks }) => seenBy.includes(proves) && breaks(alert))
    .map((mutation) => ({ ...mutation.apply(rule, alert, timing), alert: brokenName(alert, mutation) }));
  const interval = duration(timing.evaluation);
  const rules = ruleFile([{ name: "trial", interval, rules: [...relevant(trial), rule, ...broken] }]);
  const tests = stringify(
    {
      rule_files: [rulesFile],
      evaluation_interval: interval,
      tests: [
        {
          name: `${alert.name}/${alert.severity}: ${title}`,
          interval: duration(timing.scrape),
          input_series: series,
          alert_rule_test: [rule, ...broken].map(({ alert: alertname }) => ({
            eval_time: duration(after),
            alertname,
            exp_alerts: fires ? [{ exp_labels: { ...rule.labels, ...fires } }] : [],
          })),
        },
      ],
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return { rules, tests };
}

/** What the alert reads, for the service of the case only: others would be missing there, and rightly raise the alert. */
function relevant({ alert, recordings }: Trial): RecordingRule[] {
  const expr = alert.expr(alert.limit);
  const { service, slo } = alert.proof.labels;
  return recordings.filter(({ record, labels }) =>
    labels["service"] === undefined
      ? expr.includes(record)
      : expr.includes(labels["slo"] === undefined ? record : "slo:") &&
        labels["service"] === service &&
        labels["slo"] === slo,
  );
}

/** promtool compares texts as well; these cases are about when an alert fires and what it is called. */
function withoutText(rule: AlertingRule): AlertingRule {
  return { ...rule, annotations: {} };
}
