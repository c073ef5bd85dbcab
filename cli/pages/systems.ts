import { planSystem, type SystemPlan } from "../../model/plan.ts";
import { systems } from "../../systems/index.ts";
import { mermaid } from "./mermaid.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { table } from "./table.ts";

/** One page a system: its picture, services, calls, events and routes. */
export function systemPages(): GeneratedFile[] {
  return systems.map((system) => {
    const plan = planSystem(system, "prod");
    const content = [
      `# ${system.name}`,
      `${system.purpose}. Owner: ${system.owner}. Printed from \`systems/${system.name}/system.ts\` by \`npm run generate\`.`,
      ["```mermaid", mermaid(plan).trimEnd(), "```"].join("\n"),
      "## Services",
      services(plan),
      "## Calls",
      calls(plan),
      "## Events",
      events(plan),
      "## Public routes",
      routes(plan),
    ].join("\n\n");
    return { path: `docs/systems/${system.name}.md`, content: `${content}\n` };
  });
}

function services({ workloads, objectives }: SystemPlan): string {
  return table(
    ["service", "purpose", "tier", "objective", "replicas (prod)"],
    workloads.map(({ name, purpose, tier, scale }) => {
      const promise = objectives.find(({ service }) => service === name);
      const objective = promise?.objective
        ? `${promise.objective.availability} %, ${promise.objective.latency.percent} % within ${promise.objective.latency.within}`
        : `declined: ${promise?.declined ?? ""}`;
      return [name, purpose, tier, objective, `${scale.min}–${scale.max}`];
    }),
  );
}

function calls({ workloads }: SystemPlan): string {
  return table(
    ["caller", "callee", "time-out", "breaker opens at", "when it fails"],
    workloads.flatMap((workload) =>
      workload.calls.map((call) => [
        call.caller,
        call.callee,
        `${call.timeoutMs} ms`,
        `${call.breakerErrorPercent} % of ≥ ${call.breakerMinCalls} calls`,
        call.onFailure,
      ]),
    ),
  );
}

function events({ messaging }: SystemPlan): string {
  return table(
    ["event", "producer", "consumers", "fields", "undone by"],
    messaging.events.map(({ name, producer, consumers, fields, undoneBy }) => [
      name,
      producer,
      consumers.join(", "),
      fields.join(", "),
      undoneBy ?? "–",
    ]),
  );
}

function routes({ entry }: SystemPlan): string {
  return table(
    ["path", "methods", "service"],
    entry.routes.map(({ path, method, service }) => [path, method ?? "all", service]),
  );
}
