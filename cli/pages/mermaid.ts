import type { SystemPlan } from "../../model/plan.ts";

/** Solid arrows are calls, dotted ones events, thick ones public routes, cylinders databases. */
export function mermaid(plan: SystemPlan): string {
  const lines = ["flowchart LR", "  public((public)) ==> entry{{gateway}}"];
  for (const { name, database, routes, calls } of plan.workloads) {
    lines.push(`  ${name}[${name}]`);
    if (routes.length > 0) lines.push(`  entry ==>|"${routes.join(", ")}"| ${name}`);
    if (database !== null) lines.push(`  ${name} --- ${name}-db[("${database}")]`);
    lines.push(...calls.map(({ callee, timeoutMs }) => `  ${name} -->|"call, ${timeoutMs} ms"| ${callee}`));
  }
  return `${[...lines, ...eventEdges(plan)].join("\n")}\n`;
}

function eventEdges({ messaging: { events } }: SystemPlan): string[] {
  const edges = new Map<string, string[]>();
  for (const { name, producer, consumers } of events) {
    for (const consumer of consumers) {
      const edge = `${producer} -.->|"%"| ${consumer}`;
      edges.set(edge, [...(edges.get(edge) ?? []), name]);
    }
  }
  return [...edges].map(([edge, names]) => `  ${edge.replace("%", names.join("<br>"))}`);
}
