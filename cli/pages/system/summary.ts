import { visible } from "../../../model/harmless/visible.ts";
import type { Fault } from "../../../model/fault.ts";
import type { SystemPlan } from "../../../model/plan.ts";

/**
 * What somebody wants to know of a plan before its details, as comments of YAML: what weakens a promise and why, what is
 * kept, who is asked outside, what runs by itself, and what would be refused on this stage. Empty sections are left out.
 */
export function summary(plan: SystemPlan, refused: readonly Fault[]): string {
  const sections = [
    ["Refused on this stage", refused.map(({ path, found, fix }) => `${path}: ${found}; ${fix}`)],
    ["What weakens a promise", weaknesses(plan)],
    ["Stores", stores(plan)],
    ["Third parties", thirdParties(plan)],
    ["Jobs", jobs(plan)],
    [
      "Secrets",
      plan.secrets.map(({ name, onDev, readers }) => `${name}: ${onDev} on dev, read by ${readers.join(", ")}`),
    ],
  ] as const;
  return sections
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([title, lines]) => [`# ${title}:`, ...lines.map((line) => `#   ${visible(line)}`)])
    .map((line) => `${line}\n`)
    .join("");
}

function weaknesses({ weaknesses: all }: SystemPlan): string[] {
  return all.map(({ service, kind, about, reason }) => `${service}: ${kind} (${about}): ${reason}`);
}

function stores({ stores: made, existingStores }: SystemPlan): string[] {
  return [
    ...made.map(({ name, kind, database, keeps, users }) => {
      const who = users.map(({ service, may }) => `${service} (${may})`).join(", ");
      return `${name}: ${kind} ${database}, keeps ${keeps}; used by ${who}`;
    }),
    ...existingStores.map(
      ({ name, kind, setting, services }) =>
        `${name}: ${kind}, there already at the setting ${setting}; used by ${services.join(", ")}`,
    ),
  ];
}

function thirdParties({ workloads }: SystemPlan): string[] {
  return workloads.flatMap(({ name: service, outside }) =>
    outside.map(({ name, host, port, timeoutMs, onFailure, reason, onDev, answeredBy }) => {
      const waits = timeoutMs === null ? "" : `, ${timeoutMs} ms`;
      return `${service} asks ${name}: ${host}:${port}${waits}, else ${onFailure}: ${reason}${onDev === null ? "" : answeredBy === null ? `; on dev ${onDev.name} answers in its place` : `; here ${answeredBy} answers in its place`}`;
    }),
  );
}

function jobs({ workloads }: SystemPlan): string[] {
  return workloads.flatMap(({ name, job }) => {
    if (job === null) return [];
    const silence =
      job.freshWithinSeconds === null
        ? `its silence is no trouble: ${job.freshDeclined}`
        : `somebody hears of it when the last good run is older than ${job.freshWithinSeconds} s`;
    return [`${name}: ${job.runs}, ends within ${job.endsWithinSeconds} s, overlap ${job.overlap}; ${silence}`];
  });
}
