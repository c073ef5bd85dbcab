import { max, sum } from "../promql/aggregate.ts";
import { ofAnyService, select, series, type Matchers } from "../promql/selector.ts";
import { RECORDED } from "../recorded.ts";
import { signals } from "../signal.ts";

/** A value of a CronJob with the name of its service, which its labels have: Pulumi names the CronJob itself. */
function owned(where: Matchers, by: readonly string[], value: string): string {
  return max(by, `${value} * on (namespace, cronjob) group_left (service, system) ${series("cronLabels", where)}`);
}

/** When the last run ended well; before the first one, when the job was made. */
function lastGood(where: Matchers): string {
  const of = ofAnyService(where);
  return `(${max(CRON, series("cronSucceeded", of))} or ${max(CRON, series("cronCreated", of))})`;
}

const CRON = ["namespace", "cronjob"];

/** When the newest run that failed began. */
function lastFailed(where: Matchers): string {
  const of = ofAnyService(where);
  const JOB = ["namespace", "job_name"];
  const failed = max(JOB, `${series("jobFailed", of, 'condition="true"')} == 1`);
  const started = max(JOB, series("jobStarted", of));
  const owner = series("jobOwner", of, 'owner_kind="CronJob"');
  const begun = `${started} and on (namespace, job_name) ${failed}`;
  const named = `label_replace(${owner}, "cronjob", "$1", "owner_name", "(.*)")`;
  return max(CRON, `(${begun}) * on (namespace, job_name) group_left (cronjob) ${named}`);
}

/** Programs that run to their end at their times. */
export const jobs = signals({
  age: {
    title: "Last good run",
    unit: "s",
    meaning: "Time since a run ended well; before the first one, since the job was made.",
    expr: ({ where, by }) => `time() - ${owned(where, by, lastGood(where))}`,
  },
  late: {
    title: "Last good run of allowed",
    unit: "percentunit",
    meaning: "Time since a run ended well as a share of what the description allows.",
    expr: ({ where, by }) =>
      `(time() - ${owned(where, by, lastGood(where))}) / ${max(by, select(RECORDED.fresh, where))}`,
  },
  failed: {
    title: "Last run failed",
    unit: "bool_on_off",
    meaning: "1 while the newest run that failed is newer than the last good one.",
    expr: ({ where, by }) => owned(where, by, `(${lastFailed(where)} > bool ${lastGood(where)})`),
  },
  active: {
    title: "Runs under way",
    unit: "short",
    meaning: "Runs that have begun and not ended.",
    expr: ({ where, by }) => sum(by, owned(where, ["namespace", "service"], series("cronActive", ofAnyService(where)))),
  },
});
