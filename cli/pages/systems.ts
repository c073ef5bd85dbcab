import { planSystem, type SystemPlan } from "../../model/plan.ts";
import type { System } from "../../model/system.ts";
import { systems } from "../../systems/index.ts";
import { mermaid } from "./mermaid.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { calls, events, measures, routes, services } from "./system-tables.ts";

/** One page a system: its picture, services, calls, events and routes. */
export function systemPages(): GeneratedFile[] {
  return systems.map((system) => ({ path: `docs/systems/${system.name}.md`, content: systemPage(system) }));
}

/** Everything that a description says, as it is in prod. */
export function systemPage(system: System): string {
  const plan = planSystem(system, "prod");
  const sections = [
    `# ${plan.name}`,
    `${plan.purpose}. Owner: ${plan.owner}. Printed from \`systems/${plan.name}/system.ts\` by \`npm run generate\`.`,
    ["```mermaid", mermaid(plan).trimEnd(), "```"].join("\n"),
    "## Services",
    services(plan),
    "## Calls",
    calls(plan),
    "## Events",
    ...(plan.correlationKey === null
      ? ["None."]
      : [`The key of every event is \`${plan.correlationKey}\`; ${topics(plan)}`, events(plan)]),
    ...(plan.workloads.some((workload) => workload.measures.length > 0)
      ? ["## Measures of its own", measures(plan)]
      : []),
    "## Public routes",
    limits(plan),
    routes(plan),
  ];
  return `${sections.join("\n\n")}\n`;
}

function topics({ messaging }: SystemPlan): string {
  const [topic] = messaging.topics;
  return topic ? `every topic has ${topic.partitions} partitions.` : "there are no topics.";
}

function limits({ entry, entryDeclined }: SystemPlan): string {
  if (entry === null) return `Nobody outside may ask: ${entryDeclined}.`;
  const { rateLimit, maxBodyBytes } = entry;
  return `One client may send ${rateLimit.perSecond} requests a second, ${rateLimit.burst} at once on top, and bodies of up to ${maxBodyBytes / 1024} KiB.`;
}
