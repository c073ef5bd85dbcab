import { componentsOf } from "./components-of.ts";
import { costOf } from "./cost.ts";
import type { PreviewPlan } from "./preview-plan.ts";
import { PRICES_OF } from "./prices.ts";
import { PLAN_ONLY } from "./pulumi-json.ts";
import { losses } from "./stateful.ts";

/** First line of the comment, by which a workflow finds the one it wrote before. */
export const MARKER = "<!-- slipway-preview -->";

/** The plan as a comment on a pull request: what would be lost first, then verdicts, changes and cost. */
export function previewMarkdown(plan: PreviewPlan): string {
  return [
    MARKER, `## Preview of \`${plan.stack}\`${plan.planOnly ? " (plan only)" : ""}${plan.failed ? ": failed" : ""}`, "",
    ...(plan.planOnly ? [`> ${PLAN_ONLY}.`, ""] : []),
    ...lossSection(plan), ...errorSection(plan), ...policySection(plan), ...changeSection(plan), ...costSection(plan),
  ].join("\n");
}

function lossSection(plan: PreviewPlan): string[] {
  const found = losses(plan);
  if (found.length === 0) return [];
  return [
    "### :rotating_light: Data would be lost", "",
    ...found.map(({ step, what, because }) => `- **${step.op === "delete" ? "DELETED" : "REPLACED"}: ${what} \`${step.name}\`** (${step.type}), because of ${because.map((key) => `\`${key}\``).join(", ")}${step.protect ? "; it is protected, so the update would be refused" : ""}`),
    "",
  ];
}

function errorSection({ diagnostics }: PreviewPlan): string[] {
  const errors = diagnostics.filter(({ severity, message }) => severity === "error" && message !== "preview failed");
  if (errors.length === 0) return [];
  return ["### Errors", "", ...errors.flatMap(({ message }) => ["```", message, "```"]), ""];
}

function policySection({ policies, judged }: PreviewPlan): string[] {
  if (!judged) return ["### Policies", "", "No policy pack judged this plan.", ""];
  const mandatory = policies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
  const advisory = policies.filter(({ enforcementLevel }) => enforcementLevel !== "mandatory");
  const lines = (found: typeof policies) => found.map(({ policyName, message }) => `- \`${policyName}\`: ${firstLine(message)}`);
  return [
    `### Policies: ${mandatory.length === 0 ? "passed" : `${mandatory.length} violated`}${advisory.length > 0 ? `, ${advisory.length} advice` : ""}`, "",
    ...lines(mandatory), ...(advisory.length > 0 ? ["", "<details><summary>Advice</summary>", "", ...lines(advisory), "", "</details>"] : []), "",
  ];
}

function changeSection(plan: PreviewPlan): string[] {
  const rows = componentsOf(plan).filter(({ created, changed, replaced, deleted }) => created + changed + replaced + deleted > 0);
  if (rows.length === 0) return ["### Changes", "", "Nothing changes.", ""];
  const cell = (count: number): string => (count === 0 ? "" : String(count));
  return [
    "### Changes", "", "| component | created | changed | replaced | deleted |", "|---|---:|---:|---:|---:|",
    ...rows.map(({ component, created, changed, replaced, deleted }) => `| ${component} | ${cell(created)} | ${cell(changed)} | ${replaced > 0 ? `**${replaced}**` : ""} | ${deleted > 0 ? `**${deleted}**` : ""} |`),
    "",
  ];
}

function costSection(plan: PreviewPlan): string[] {
  const lines = costOf(plan);
  if (lines.length === 0) return [];
  const total = lines.reduce((sum, { monthly }) => sum + monthly, 0);
  return [
    `### Estimated cost: about $${Math.round(total).toLocaleString("en-US")} a month`, "",
    `Estimate from list prices of ${PRICES_OF.region} as of ${PRICES_OF.date}, on demand; without traffic, requests, logs, backups, tax and discounts; nodes at the lowest load.`, "",
    "| what | count | $ a month |", "|---|---:|---:|",
    ...lines.map(({ what, count, monthly }) => `| ${what} | ${Math.round(count * 10) / 10} | ${monthly.toFixed(0)} |`), "",
  ];
}

function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/^urn:pulumi:\S+::/, "").replaceAll("|", "\\|");
}
