import type { types } from "@pulumi/kubernetes";
import type { JobPlan } from "../../../model/plan/program/job.ts";
import { metadata } from "../metadata.ts";
import { type PodParts, podTemplate } from "./pod.ts";

/** A run that could not start within this time, in seconds, is left out: the next one is due before. */
const START_DEADLINE_SECONDS = 60;
/** Runs that are kept to be looked at. */
const KEPT = { successful: 3, failed: 3 };
/** A failed run is tried again once; what still fails waits for its next time. */
const RETRIES = 1;
/** Never reached: a CronJob needs a schedule even while it is suspended. */
const NEVER = "0 0 1 1 *";

const CONCURRENCY: Readonly<Record<JobPlan["overlap"], string>> = {
  skip: "Forbid",
  replace: "Replace",
  allow: "Allow",
};

/** A program that runs to its end at its times; suspended where it runs only when somebody asks. */
export function cronJob(parts: PodParts, job: JobPlan): types.input.batch.v1.CronJob {
  const template = podTemplate(parts);
  return {
    metadata: metadata(parts.owner),
    spec: {
      schedule: job.cron ?? NEVER,
      timeZone: "Etc/UTC",
      suspend: job.cron === null,
      concurrencyPolicy: CONCURRENCY[job.overlap] as string,
      startingDeadlineSeconds: START_DEADLINE_SECONDS,
      successfulJobsHistoryLimit: KEPT.successful,
      failedJobsHistoryLimit: KEPT.failed,
      jobTemplate: {
        spec: { backoffLimit: RETRIES, activeDeadlineSeconds: job.endsWithinSeconds, template },
      },
    },
  };
}
