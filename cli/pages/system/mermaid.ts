import type { SystemPlan } from "../../../model/plan.ts";
import type { CallPlan } from "../../../model/plan/edges/calls.ts";
import type { OutsidePlan } from "../../../model/plan/edges/outside.ts";
import type { EventPlan } from "../../../model/plan/messaging.ts";
import type { UsePlan } from "../../../model/plan/uses.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { promise } from "./promise.ts";

/**
 * Solid arrows are calls, dotted ones events, thick ones public routes; boxes are services, rounded ones workers, those
 * with two bars jobs, cylinders stores and volumes, flags third parties, circles the end of an event.
 */
export function mermaid(plan: SystemPlan): string {
  const lines = [
    "---",
    `title: ${JSON.stringify(`${plan.name} of ${plan.owner}: ${plan.purpose}`)}`,
    "---",
    "flowchart LR",
    ...door(plan),
    ...stores(plan),
    ...plan.workloads.flatMap((workload) => part(plan, workload)),
    ...eventEdges(plan.messaging.events),
    ...plan.messaging.events.flatMap(ending),
  ];
  return `${lines.join("\n")}\n`;
}

/** The public entry with its limits, or nobody in front of the system. */
function door({ entry, entryDeclined }: SystemPlan): string[] {
  if (entry === null) return [`  public((public)) -.-x closed{{${label(["no entry", entryDeclined ?? ""])}}}`];
  const { rateLimit, maxBodyBytes } = entry;
  const limits = `${rateLimit.perSecond} a second + ${rateLimit.burst} at once, up to ${maxBodyBytes / 1024} KiB`;
  return [`  public((public)) ==> entry{{${label(["gateway", limits])}}}`];
}

/** Each store once, however many use it. */
function stores({ stores: made, existingStores }: SystemPlan): string[] {
  return [
    ...made.map(({ name, kind, database, keeps }) => `  ${name}[(${label([name, `${kind} ${database}`, keeps])})]`),
    ...existingStores.map(
      ({ name, kind, setting }) => `  ${name}[(${label([name, `${kind}, there already: ${setting}`])})]`,
    ),
  ];
}

function part({ objectives }: SystemPlan, workload: WorkloadPlan): string[] {
  const { name, volume, routes, calls, outside, uses, sticky } = workload;
  const promised = objectives.filter((objective) => objective.service === name).map(promise);
  const lines = [`  ${name}${box(workload, label([...about(workload), ...promised]))}`];
  const way = sticky === null ? [routes.join(", ")] : [routes.join(", "), `one replica a client: ${sticky}`];
  if (routes.length > 0) lines.push(`  entry ==>|${label(way)}| ${name}`);
  if (volume !== null)
    lines.push(`  ${name} --- ${name}-volume[(${label([`${volume.size} at ${volume.path}`, volume.keeps])})]`);
  return [
    ...lines,
    ...uses.map((use) => `  ${name} ---|${label(useLabel(use))}| ${use.store}`),
    ...calls.map((call) => `  ${name} -->|${label([callLabel(call), call.reason])}| ${call.callee}`),
    ...outside.map(
      (third) =>
        `  ${name} -->|${label(thirdLabel(third))}| ${name}-${third.name}>${label([third.name, `${third.host}:${third.port}`])}]`,
    ),
  ];
}

function box({ kind }: WorkloadPlan, text: string): string {
  if (kind === "job") return `[[${text}]]`;
  return kind === "worker" ? `([${text}])` : `[${text}]`;
}

/** What it is, for what, and what it answers; on the kit it is always the same. */
function about({ name, kind, tier, purpose, source, answers, job }: WorkloadPlan): string[] {
  const spoken = answers
    .map(({ protocol, known, open }) => `${protocol} ${known}${open === null ? "" : ", stays open"}`)
    .join(", ");
  return [
    `${name} (${kind === "service" ? tier : `${tier} ${kind}`})`,
    purpose,
    ...(job === null ? [] : [`${job.runs}, ends within ${job.endsWithinSeconds} s`]),
    ...(["kit", "shipped"].includes(source.kind) || spoken === "" ? [] : [spoken]),
  ];
}

function useLabel({ may, shared }: UsePlan): string[] {
  return shared === null ? [may] : [may, `shared: ${shared}`];
}

function thirdLabel({ onFailure, reason, timeoutMs }: OutsidePlan): string[] {
  return [`${timeoutMs === null ? "" : `${timeoutMs} ms, `}else ${onFailure}`, reason];
}

function callLabel({ transactional, timeoutMs, onFailure }: CallPlan): string {
  return `${transactional ? "transactional call" : "call"}, ${timeoutMs} ms, else ${onFailure}`;
}

/** One arrow from each producer to each of its consumers, with all events it carries. */
function eventEdges(events: readonly EventPlan[]): string[] {
  const edges = new Map<string, { readonly ends: readonly [string, string]; readonly names: string[] }>();
  for (const { name, producer, consumers, undoneBy } of events) {
    for (const consumer of consumers) {
      const edge = edges.get(`${producer} ${consumer}`) ?? { ends: [producer, consumer], names: [] };
      edge.names.push(undoneBy === null ? name : `${name} ⇄ ${undoneBy}`);
      edges.set(`${producer} ${consumer}`, edge);
    }
  }
  return [...edges.values()].map(({ ends: [from, to], names }) => `  ${from} -.->|${label(names)}| ${to}`);
}

/** An event that nobody here follows ends in its reason. */
function ending({ name, producer, terminal }: EventPlan): string[] {
  return terminal === null ? [] : [`  ${producer} -.->|${label([name])}| ${name}-end((${label([terminal])}))`];
}

/** Lines of text that nothing inside can end. */
function label(lines: readonly string[]): string {
  return `"${lines.map((line) => line.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")).join("<br>")}"`;
}
