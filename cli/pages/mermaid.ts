import type { SystemPlan } from "../../model/plan.ts";
import type { CallPlan } from "../../model/plan/edges/calls.ts";
import type { EventPlan } from "../../model/plan/messaging.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { promise } from "./promise.ts";

/** Solid arrows are calls, dotted ones events, thick ones public routes, cylinders databases and volumes, circles the end of an event. */
export function mermaid(plan: SystemPlan): string {
  const lines = [
    "---",
    `title: ${JSON.stringify(`${plan.name} of ${plan.owner}: ${plan.purpose}`)}`,
    "---",
    "flowchart LR",
    ...door(plan),
    ...plan.workloads.flatMap((workload) => service(plan, workload)),
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

function service({ objectives }: SystemPlan, workload: WorkloadPlan): string[] {
  const { name, tier, purpose, database, volume, routes, calls } = workload;
  const promised = objectives.filter((objective) => objective.service === name).map(promise);
  const lines = [`  ${name}[${label([`${name} (${tier})`, purpose, ...promised])}]`];
  if (routes.length > 0) lines.push(`  entry ==>|${label([routes.join(", ")])}| ${name}`);
  if (database !== null) lines.push(`  ${name} --- ${name}-db[(${label([database])})]`);
  if (volume !== null) lines.push(`  ${name} --- ${name}-volume[(${label([`${volume.size} at ${volume.path}`])})]`);
  return [...lines, ...calls.map((call) => `  ${name} -->|${label([callLabel(call), call.reason])}| ${call.callee}`)];
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
