import type { ObjectivePlan, SystemPlan } from "../../model/plan.ts";
import { promise } from "./promise.ts";
import { table } from "./table.ts";

/** What each service is for, promises, needs and keeps. */
export function services({ workloads, objectives }: SystemPlan): string {
  return table(
    ["service", "purpose", "tier", "objective", "replicas (prod)", "each of them", "keeps"],
    workloads.map(({ name, purpose, tier, scale, resources, database, volume }) => [
      name,
      purpose,
      tier,
      objective(objectives, name),
      scale.max === 1 ? "1" : `${scale.min}–${scale.max}, one more at ${scale.cpuPercent} % CPU`,
      `${resources.cpuLimit} CPU, ${resources.memory}`,
      kept([database && `database ${database}`, volume && `${volume.size} at ${volume.path}`]),
    ]),
  );
}

function objective(objectives: readonly ObjectivePlan[], name: string): string {
  const found = objectives.find(({ service }) => service === name);
  return found ? promise(found) : "";
}

function kept(stores: readonly (string | null)[]): string {
  return stores.filter((store) => store !== null).join(", ") || "–";
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

/** Who waits for whom, why, how long, and what happens when no answer comes. */
export function calls({ workloads }: SystemPlan): string {
  return table(
    ["caller", "callee", "why", "time-out", "at once", "breaker opens at", "when it fails", "transaction", "contract"],
    workloads.flatMap((workload) =>
      workload.calls.map((call) => [
        call.caller,
        call.callee,
        call.reason,
        `${call.timeoutMs} ms`,
        String(call.maxConcurrent),
        `${call.breakerErrorPercent} % of ≥ ${call.breakerMinCalls} calls`,
        call.onFailure,
        call.transactional ? "whole or not at all" : "–",
        call.contract ?? "–",
      ]),
    ),
  );
}

/** Who says what, who listens, and what takes it back; the reason where nobody and nothing does. */
export function events({ messaging }: SystemPlan): string {
  return table(
    ["event", "producer", "consumers", "fields", "undone by", "contract"],
    messaging.events.map(({ name, producer, consumers, fields, undoneBy, neverUndone, terminal, contract }) => [
      name,
      producer,
      terminal === null ? consumers.join(", ") : `nobody: ${terminal}`,
      fields.join(", "),
      undoneBy ?? `nothing: ${neverUndone}`,
      contract,
    ]),
  );
}

/** What the public reaches. */
export function routes({ entry }: SystemPlan): string {
  return table(
    ["path", "methods", "service"],
    (entry?.routes ?? []).map(({ path, method, service }) => [path, method ?? "all", service]),
  );
}
