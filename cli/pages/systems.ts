import { planSystem, type SystemPlan } from "../../model/plan.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import type { System } from "../../model/system.ts";
import { systems } from "../../systems/index.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { calls, events, routes, signIn, thirdParties } from "./system/edges.ts";
import { mermaid } from "./system/mermaid.ts";
import { beside, programs, rights } from "./system/programs.ts";
import { jobs, measures, services, weaknesses } from "./system/services.ts";
import { stores } from "./system/stores.ts";
import { files, secrets, variables } from "./system/values.ts";

/** One page a system: its picture, services, edges, stores and routes. */
export function systemPages(): GeneratedFile[] {
  return systems.map((system) => ({
    path: `docs/systems/${system.name}.md`,
    content: systemPage(system, planSystem(system, "prod")),
  }));
}

/** Everything that a description says, as it is planned. */
export function systemPage(system: System, plan: SystemPlan): string {
  const read = variables(system, plan);
  const parts = [
    `# ${plan.name}`,
    `${plan.purpose}. Owner: ${plan.owner}. Printed from \`systems/${plan.name}/system.ts\` by \`npm run generate\`.`,
    ["```mermaid", mermaid(plan).trimEnd(), "```"].join("\n"),
    ...ofPrograms(plan),
    ...ofEdges(plan),
    ...section("Variables", read !== "", () => read),
    ...ofValues(plan),
    "## Public routes",
    limits(plan),
    ...(plan.entry === null ? [] : [routes(plan), signIn(plan)].filter((text) => text !== "")),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(title: string, has: boolean, text: () => string): string[] {
  return has ? [`## ${title}`, text()] : [];
}

function some(plan: SystemPlan, has: (workload: WorkloadPlan) => boolean): boolean {
  return plan.workloads.some(has);
}

function ofPrograms(plan: SystemPlan): string[] {
  return [
    ...section("Services", true, () => services(plan)),
    ...section("What weakens a promise", plan.weaknesses.length > 0, () => weaknesses(plan)),
    ...section("Programs", true, () => programs(plan)),
    ...section(
      "Beside them",
      some(plan, (one) => one.beside.length > 0),
      () => beside(plan),
    ),
    ...section(
      "Jobs",
      some(plan, ({ job }) => job !== null),
      () => jobs(plan),
    ),
  ];
}

function ofEdges(plan: SystemPlan): string[] {
  return [
    ...section(
      "Calls",
      some(plan, (one) => one.calls.length > 0),
      () => calls(plan),
    ),
    ...section(
      "Third parties",
      some(plan, ({ outside }) => outside.length > 0),
      () => thirdParties(plan),
    ),
    ...section("Stores", plan.stores.length + plan.existingStores.length > 0, () => stores(plan)),
    ...section("Events", plan.correlationKey !== null, () => `${keys(plan)}\n\n${events(plan)}`),
  ];
}

function ofValues(plan: SystemPlan): string[] {
  return [
    ...section(
      "Files",
      some(plan, (one) => one.files.length > 0),
      () => files(plan),
    ),
    ...section("Secrets", plan.secrets.length > 0, () => secrets(plan)),
    ...section(
      "Rights in the cloud",
      some(plan, (one) => one.rights.length > 0),
      () => rights(plan),
    ),
    ...section(
      "Measures of its own",
      some(plan, (one) => one.measures.length > 0),
      () => measures(plan),
    ),
  ];
}

function keys({ correlationKey, messaging }: SystemPlan): string {
  const [topic] = messaging.topics;
  const topics = topic ? `every topic has ${topic.partitions} partitions.` : "there are no topics.";
  return `The key of every event is \`${correlationKey}\`; ${topics}`;
}

function limits({ entry, entryDeclined }: SystemPlan): string {
  if (entry === null) return `Nobody outside may ask: ${entryDeclined}.`;
  const { rateLimit, maxBodyBytes } = entry;
  return `One client may send ${rateLimit.perSecond} requests a second, ${rateLimit.burst} at once on top, and bodies of up to ${maxBodyBytes / 1024} KiB.`;
}
