import type { Alert } from "./alert.ts";
import { duration } from "./promql/duration.ts";
import type { AlertingRule, Labels } from "./rule-file.ts";
import { patience, type Timing } from "./timing.ts";

/** Where people find the pages that an alert points to. */
export interface Links {
  /** Folder of the runbooks, without a slash at its end. */
  readonly runbooks: string;
  /** Address of the dashboards, without a slash at its end. */
  readonly dashboards: string;
}

/** One alert as Prometheus reads it. */
export function alertingRule(
  alert: Alert,
  timing: Timing,
  origin: { readonly team: string; readonly system: string },
  links: Links,
): AlertingRule {
  return {
    alert: alert.name,
    expr: alert.expr(alert.limit),
    for: duration(patience(timing, alert.patience)),
    ...(alert.lingers ? { keep_firing_for: duration(patience(timing, alert.lingers)) } : {}),
    labels: { severity: alert.severity, role: alert.role, ...origin, ...alert.labels },
    annotations: annotations(alert, origin.system, links),
  };
}

function annotations({ name, summary, description }: Alert, system: string, { runbooks, dashboards }: Links): Labels {
  const dashboard =
    system === "platform"
      ? "cluster"
      : `${system}{{ with $labels.service }}{{ if ne . "gateway" }}-{{ . }}{{ end }}{{ end }}`;
  return {
    summary,
    description,
    runbook_url: `${runbooks}/${runbookName(name)}.md`,
    dashboard_url: `${dashboards}/${dashboard}`,
  };
}

/** File name of an alert's runbook: `ErrorBudgetBurn` becomes `error-budget-burn`. */
export function runbookName(alert: string): string {
  return alert.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}
