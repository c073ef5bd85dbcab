import { TOKEN } from "../../../model/names.ts";
import { intentOf, workloadFor, type Schedule } from "../../views/intent.ts";
import { alertsOf } from "../../views/monitoring/monitoring.ts";
import { inProduction, limit, notApplicable, resourceRule, type Problem } from "../../judging/rule.ts";
import { UnknownValue } from "../../resources/unknown.ts";

interface CronJobSpec {
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly suspend?: boolean;
  readonly concurrencyPolicy?: string;
  readonly successfulJobsHistoryLimit?: number;
  readonly failedJobsHistoryLimit?: number;
  readonly jobTemplate?: { readonly spec?: { readonly activeDeadlineSeconds?: number } };
}
type CronJob = { readonly spec?: CronJobSpec };

const rule = resourceRule<CronJob>();
const common = { items: [], on: ["CronJob"], levels: inProduction } as const;
const DEADLINE = "spec.jobTemplate.spec.activeDeadlineSeconds";

export const cronJobEnds = rule({
  ...common,
  id: "cron-job-ends",
  number: "C88",
  severity: "medium",
  title: "A run of a CronJob is ended when it takes too long",
  why: "A run that hangs keeps its memory for ever, and where runs must not overlap it is the last one.",
  fix: `spec: { jobTemplate: { spec: { activeDeadlineSeconds: 600, template } } }`,
  *check({ props }) {
    if (!((props.spec?.jobTemplate?.spec?.activeDeadlineSeconds ?? 0) > 0))
      yield { path: DEADLINE, found: "not set", wanted: "seconds" };
  },
});

export const cronJobOverlap = rule({
  ...common,
  id: "cron-job-overlap",
  number: "C89",
  severity: "medium",
  title: "A CronJob says what happens when a run is due while the last one still runs",
  why: "By default both run: the second does the first one's work again, or undoes it.",
  fix: `spec: { concurrencyPolicy: "Forbid" }`,
  *check({ props }) {
    if (props.spec?.concurrencyPolicy === undefined)
      yield {
        path: "spec.concurrencyPolicy",
        found: "Allow by default",
        wanted: "Forbid, Replace, or Allow on purpose",
      };
  },
});

export const cronJobKept = rule({
  ...common,
  id: "cron-job-kept",
  number: "C90",
  severity: "low",
  title: "A few runs of a CronJob are kept to be looked at, and no more",
  why: "Without the failed run nobody can read why it failed; with hundreds of them the namespace fills with pods.",
  fix: `spec: { successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 3 }`,
  limits: { most: limit("most runs that are kept of either kind", 10) },
  *check({ props }, { limit: { most } }) {
    const { failedJobsHistoryLimit: failed = 1, successfulJobsHistoryLimit: good = 3 } = props.spec ?? {};
    const wanted = `1 to ${most}`;
    if (failed < 1 || failed > Number(most))
      yield { path: "spec.failedJobsHistoryLimit", found: String(failed), wanted };
    if (good > Number(most))
      yield { path: "spec.successfulJobsHistoryLimit", found: String(good), wanted: `<= ${most}` };
  },
});

export const cronJobZone = rule({
  ...common,
  id: "cron-job-zone",
  number: "C91",
  severity: "low",
  title: "A CronJob says in which time zone its schedule is meant",
  why: "Without one it is that of the control plane, which nobody here sets and a move may change.",
  fix: `spec: { schedule: "15 3 * * *", timeZone: "Etc/UTC" }`,
  *check({ props }) {
    if (!props.spec?.timeZone) yield { path: "spec.timeZone", found: "not set", wanted: "such as Etc/UTC" };
  },
});

const ofDescription = resourceRule<{ readonly plan?: unknown }>();
const OVERLAP: Readonly<Record<string, string>> = { skip: "Forbid", replace: "Replace", allow: "Allow" };

export const runsAsDescribed = ofDescription({
  id: "runs-as-described",
  needsAll: true,
  number: "C92",
  items: [],
  on: [TOKEN.scheduledJob],
  severity: "high",
  levels: inProduction,
  title: "A job runs when, how long and beside itself as its description says",
  why: "What runs at another time than people believe is missed or doubled, and nobody looks for it.",
  fix: `new k8s.batch.v1.CronJob("report", { spec: { schedule: "15 3 * * *", concurrencyPolicy: "Forbid", jobTemplate } })`,
  *across(component, { graph }) {
    const intent = intentOf(component);
    if (!intent.job) return notApplicable;
    const workload = workloadFor(graph, intent);
    if (workload?.kind !== "CronJob")
      return yield { path: "plan.job", found: `no CronJob for ${intent.name}`, wanted: "one" };
    const on = { on: workload.resource, related: [component] };
    for (const problem of otherThan(intent.job, workload.spec as CronJobSpec)) yield { ...problem, ...on };
  },
});

function* otherThan({ cron, endsWithin, overlap }: Schedule, spec: CronJobSpec): Iterable<Problem> {
  if (cron === undefined && spec.suspend !== true)
    yield {
      path: "spec.suspend",
      found: String(spec.suspend ?? false),
      wanted: "true: it runs only when somebody asks",
    };
  if (cron !== undefined && (spec.schedule !== cron || spec.suspend === true))
    yield { path: "spec.schedule", found: spec.suspend ? "suspended" : String(spec.schedule), wanted: cron };
  const deadline = spec.jobTemplate?.spec?.activeDeadlineSeconds;
  if (endsWithin !== undefined && deadline !== endsWithin)
    yield { path: DEADLINE, found: String(deadline ?? "not set"), wanted: String(endsWithin) };
  const concurrency = OVERLAP[overlap ?? ""];
  if (concurrency !== undefined && spec.concurrencyPolicy !== concurrency)
    yield { path: "spec.concurrencyPolicy", found: String(spec.concurrencyPolicy ?? "not set"), wanted: concurrency };
}

export const lateRunsNoticed = ofDescription({
  id: "late-runs-noticed",
  needsAll: true,
  number: "C93",
  items: [6],
  on: [TOKEN.scheduledJob],
  severity: "medium",
  levels: inProduction,
  title: "Somebody hears of a job whose last good run is too old",
  why: "A job that no longer runs makes no error: it is noticed when somebody misses its work.",
  fix: `{ alert: "JobLate", expr: 'time() - kube_cronjob_status_last_successful_time{namespace="shop"} > 93600', for: "1m", labels: { severity: "ticket" } }`,
  *across(component, { graph }) {
    const { job, name } = intentOf(component);
    if (job?.freshWithin === undefined) return notApplicable; // its description says why nobody needs to
    const alerts = alertsOf(graph);
    if (alerts.length === 0) throw new UnknownValue("no monitoring is declared here");
    if (!alerts.some(({ expression }) => expression.includes("kube_cronjob_status_last_successful_time")))
      yield {
        path: "plan.job.freshWithinSeconds",
        found: "no alert on kube_cronjob_status_last_successful_time",
        wanted: `one that fires when the last good run of ${name} is older than ${job.freshWithin} s`,
      };
  },
});
