import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { METRICS } from "../../metrics.ts";
import { steady, type InputSeries } from "../../proof.ts";
import type { Scope } from "../../scope.ts";

/** First look at a job: its runs, what the last ones said. */
export const LOOK_AT_JOB = [
  "kubectl -n $namespace get cronjob,job,pod -l app.kubernetes.io/name=$service",
  "kubectl -n $namespace logs -l app.kubernetes.io/name=$service --all-containers --tail=100 --prefix",
  "kubectl -n $namespace get events --sort-by=.lastTimestamp | grep $service | tail -20",
];

/** Labels of an alert about one job. */
export const labelsOf = ({ plan }: Scope, { name }: WorkloadPlan) => ({ namespace: plan.name, service: name });

/** A selector of a series of one CronJob, as kube-state-metrics names it. */
export function ofCron({ plan }: Scope, { name }: WorkloadPlan, metric: string, labels = {}): string {
  return selector(metric, { namespace: plan.name, cronjob: `${name}-1a2b3c4d`, ...labels });
}

/** A selector of a series of one run of it. */
export function ofRun({ plan }: Scope, { name }: WorkloadPlan, metric: string, labels = {}): string {
  return selector(metric, { namespace: plan.name, job_name: `${name}-1a2b3c4d-1`, ...labels });
}

/** What names the service of a CronJob. */
export function named(scope: Scope, job: WorkloadPlan): InputSeries {
  return steady(ofCron(scope, job, METRICS.cronLabels.name, { service: job.name, system: scope.plan.name }), 1);
}

function selector(metric: string, labels: Readonly<Record<string, string>>): string {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${matchers.join(",")}}`;
}
