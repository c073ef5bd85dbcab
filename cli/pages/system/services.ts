import type { ObjectivePlan, SystemPlan } from "../../../model/plan.ts";
import type { ScalePlan } from "../../../model/plan/program/scale.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { table } from "../table.ts";
import { counter, promise } from "./promise.ts";

/** What each part is for, promises, needs and keeps. */
export function services({ workloads, objectives }: SystemPlan): string {
  return table(
    [
      ...["name", "kind", "purpose", "tier", "team", "objective", "counted by", "replicas (prod)"],
      ...["each of them", "keeps"],
    ],
    workloads.map((workload) => [
      workload.name,
      workload.kind,
      workload.purpose,
      workload.tier,
      workload.owner,
      ...objective(objectives, workload.name),
      workload.kind === "job" ? "–" : replicas(workload.scale),
      each(workload),
      kept(workload),
    ]),
  );
}

function objective(objectives: readonly ObjectivePlan[], name: string): [string, string] {
  const found = objectives.find(({ service }) => service === name);
  return found ? [promise(found), counter(found)] : ["–", "–"];
}

function replicas({ min, max, cpuPercent }: ScalePlan): string {
  return max === 1 ? "1" : `${min}–${max}, one more at ${cpuPercent} % CPU`;
}

function each({ resources, writes, user }: WorkloadPlan): string {
  return [
    `${resources.cpuLimit} CPU, ${resources.memory}`,
    ...(writes.length > 0 ? [`writes ${writes.join(", ")}`] : []),
    ...(user === null ? [] : [`user ${user}`]),
  ].join("; ");
}

function kept({ uses, volume }: WorkloadPlan): string {
  const all = [
    ...uses.map(({ store, may }) => `${store} (${may})`),
    ...(volume ? [`${volume.size} at ${volume.path} (${volume.keeps})`] : []),
  ];
  return all.join(", ") || "–";
}

/** What services count beside what every service counts, and when somebody hears of it. */
export function measures({ workloads }: SystemPlan): string {
  return table(
    ["service", "measure", "series", "meaning", "told", "impact", "what to do"],
    workloads.flatMap((workload) =>
      workload.measures.map(({ name, metric, kind, meaning, alert }) => [
        workload.name,
        name,
        `${metric} (${kind})`,
        meaning,
        alert ? `${alert.severity} ${alert.trouble} ${alert.limit} for ${alert.seconds} s` : "nobody",
        alert?.impact ?? "–",
        alert?.fix.join(" ") ?? "–",
      ]),
    ),
  );
}

/** What runs to its end, again and again. */
export function jobs({ workloads }: SystemPlan): string {
  return table(
    ["job", "runs (UTC)", "ends within", "while the last one still runs", "somebody hears of it"],
    workloads
      .flatMap(({ name, job }) => (job === null ? [] : [{ name, ...job }]))
      .map((job) => [
        job.name,
        job.runs,
        `${job.endsWithinSeconds} s`,
        job.overlap,
        job.freshWithinSeconds === null
          ? `never: ${job.freshDeclined}`
          : `when the last good run is older than ${job.freshWithinSeconds} s`,
      ]),
  );
}

/** What weakens a promise, each with the reason that the description gives. */
export function weaknesses({ weaknesses: all }: SystemPlan): string {
  return table(
    ["service", "weakness", "about", "reason"],
    all.map(({ service, kind, about, reason }) => [service, kind, about, reason]),
  );
}
