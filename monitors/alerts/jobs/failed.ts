import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { steady, type InputSeries } from "../../proof.ts";
import { viewOf, type Scope } from "../../scope.ts";
import { jobs } from "../../signals/jobs.ts";
import { labelsOf, LOOK_AT_JOB, named, ofCron, ofRun } from "./job-series.ts";
import { VERSION_BEFORE } from "../look.ts";

/** The newest run failed, with all its attempts; it ends by itself with the next good run. */
export function jobFailed(scope: Scope, job: WorkloadPlan): Alert {
  return {
    name: "JobFailed",
    severity: "ticket",
    role: "symptom",
    patience: 0,
    ...above(jobs.failed.expr(viewOf(scope)), 0),
    summary: "{{ $labels.service }} failed",
    description: "The last run of {{ $labels.service }} failed or did not end in its time.",
    runbook: {
      symptom: "A run of a job failed with all its attempts, or did not end within `endsWithin`.",
      impact: "Its work of this time is not done. The next run comes at its time.",
      diagnosis: LOOK_AT_JOB,
      fix: [
        `The last lines of its log name the cause. After a rollout: deploy ${VERSION_BEFORE}.`,
        "`DeadlineExceeded`? Raise `endsWithin`, or find out what it waits for.",
        "Run it again: `kubectl -n $namespace create job --from=cronjob/<name> <name>-by-hand`.",
      ],
    },
    proof: {
      series: (value) => runs(scope, job, { failedAt: 100 + value, goodAt: 100 }),
      labels: labelsOf(scope, job),
      settles: 0,
      firing: 60,
      silent: 0,
    },
    guards: [
      {
        title: "is silent after the next good run",
        series: runs(scope, job, { failedAt: 100, goodAt: 160 }),
        after: 60,
        fires: null,
      },
    ],
  };
}

function runs(
  scope: Scope,
  job: WorkloadPlan,
  { failedAt, goodAt }: { readonly failedAt: number; readonly goodAt: number },
): InputSeries[] {
  const owner = { owner_kind: "CronJob", owner_name: `${job.name}-1a2b3c4d` };
  return [
    named(scope, job),
    steady(ofCron(scope, job, METRICS.cronSucceeded.name), goodAt),
    steady(ofRun(scope, job, METRICS.jobStarted.name), failedAt),
    steady(ofRun(scope, job, METRICS.jobFailed.name, { condition: "true" }), 1),
    steady(ofRun(scope, job, METRICS.jobOwner.name, owner), 1),
  ];
}
