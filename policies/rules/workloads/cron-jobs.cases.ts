import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const spec = {
  schedule: "15 3 * * *",
  timeZone: "Etc/UTC",
  concurrencyPolicy: "Forbid",
  startingDeadlineSeconds: 60,
  successfulJobsHistoryLimit: 3,
  failedJobsHistoryLimit: 3,
  jobTemplate: { spec: { activeDeadlineSeconds: 600, template: { metadata: {}, spec: {} } } },
};
const nightly = { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "nightly", namespace: "shop" }, spec };
const plan = {
  system: "shop",
  name: "nightly",
  job: { cron: "15 3 * * *", endsWithinSeconds: 600, overlap: "skip", freshWithinSeconds: 93_600 },
};
const described = { type: "slipway:workload:ScheduledJob", name: "nightly", props: { plan } };
const given = { "+": [nightly] };
const meant = { "+": [nightly, described] };
const job = "CronJob/nightly spec";
const late = "time() - kube_cronjob_status_last_successful_time > 93600";

// biome-ignore format: one case a line
export const cases: Cases = {
  "cron-job-ends": { given, fails: { [`${job}.jobTemplate.spec.activeDeadlineSeconds`]: undefined }, boundary: { [`${job}.jobTemplate.spec.activeDeadlineSeconds`]: 1 } },
  "cron-job-overlap": { given, fails: { [`${job}.concurrencyPolicy`]: undefined }, boundary: { [`${job}.concurrencyPolicy`]: "Allow" } },
  "cron-job-kept": { given, fails: { [`${job}.failedJobsHistoryLimit`]: 0 }, boundary: { [`${job}.failedJobsHistoryLimit`]: 10 } },
  "cron-job-zone": { given, fails: { [`${job}.timeZone`]: undefined }, boundary: { [`${job}.timeZone`]: "Europe/Berlin" } },
  "runs-as-described": { given: meant, fails: { [`${job}.schedule`]: "15 4 * * *" }, boundary: { [`${job}.schedule`]: "15 3 * * *" } },
  "late-runs-noticed": {
    given: meant,
    fails: { "ScheduledJob/nightly plan.job.freshWithinSeconds": 60 },
    boundary: { "PrometheusRule/shop spec.groups[0].rules[+]": { alert: "JobLate", expr: late, for: "1m", labels: { severity: "ticket" } } },
    unknown: { "ScheduledJob/nightly plan": UNKNOWN },
  },
};
