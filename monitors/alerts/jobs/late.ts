import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import type { InputSeries } from "../../proof.ts";
import { viewOf, type Scope } from "../../scope.ts";
import { jobs } from "../../signals/jobs.ts";
import { labelsOf, LOOK_AT_JOB, named, ofCron } from "./job-series.ts";

/** The last good run is older than the description allows, or there was none for as long. */
export function jobLate(scope: Scope, job: WorkloadPlan): Alert {
  const fresh = job.job?.freshWithinSeconds ?? 0;
  return {
    name: "JobLate",
    severity: "ticket",
    role: "symptom",
    patience: 60,
    ...above(jobs.late.expr(viewOf(scope)), 1),
    summary: "{{ $labels.service }} has not run well for too long",
    description:
      "The last good run of {{ $labels.service }} is {{ $value | humanize }} times as old as its description allows.",
    runbook: {
      symptom: "No run of a job has ended well within the time that its description gives (`freshWithin`).",
      impact: "What the job brings up to date is old.",
      diagnosis: LOOK_AT_JOB,
      fix: [
        "Did a run fail? JobFailed fires too; its last lines name the cause.",
        "No run at all? Suspended (`kubectl -n $namespace get cronjob`), no room on any node, or still busy with the last run.",
        "Run it now: `kubectl -n $namespace create job --from=cronjob/<name> <name>-by-hand`.",
        "Does it always take that long? Give it more time: `endsWithin`, `freshWithin`.",
      ],
    },
    proof: {
      series: (value, every) => [named(scope, job), aged(scope, job, value * fresh, every)],
      labels: labelsOf(scope, job),
      settles: 0,
    },
    guards: [
      {
        title: "fires for a job that never ran well",
        series: [
          named(scope, job),
          { series: ofCron(scope, job, METRICS.cronCreated.name), values: `${-2 * fresh}+0x800` },
        ],
        after: 120,
        fires: labelsOf(scope, job),
      },
    ],
  };
}

/** A job whose last good run is always so many seconds ago. */
function aged(scope: Scope, job: WorkloadPlan, seconds: number, every: number): InputSeries {
  return { series: ofCron(scope, job, METRICS.cronSucceeded.name), values: `${-seconds}+${every}x800` };
}
