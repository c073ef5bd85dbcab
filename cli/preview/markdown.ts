import { changeDetails } from "./change-details.ts";
import { componentsOf } from "./components-of.ts";
import { costBefore, costOf, totalOf } from "./cost.ts";
import { endedEarly, errorsOf } from "./ended-early.ts";
import type { PolicyEvent } from "./engine-event.ts";
import type { PreviewPlan } from "./preview-plan.ts";
import { PRICES_OF } from "./prices.ts";
import { PLAN_ONLY } from "./pulumi-json.ts";
import { losses } from "./stateful.ts";
import { verdict } from "./verdict.ts";

/** First line of the comment, by which a workflow finds the one it wrote before. */
export const MARKER = "<!-- slipway-preview -->";

/** GitHub takes 65,536 characters; the workflow adds a line of its own. */
const ROOM = 60_000;
/** So many lines of a kind, and so many characters of each, are shown: together they leave room for every kind. */
const MOST = {
  losses: 50,
  errors: 10,
  errorCharacters: 1_500,
  findings: 50,
  advice: 10,
  characters: 300,
  components: 100,
} as const;

/** The plan as a comment on a pull request: what would be lost first, then verdicts, changes and cost. */
export function previewMarkdown(plan: PreviewPlan, comparedWith = "nothing: everything is new"): string {
  const head = [
    MARKER,
    `## Preview of \`${plan.stack}\`${plan.planOnly ? " (plan only)" : ""}${plan.failed ? ": failed" : ""}`,
    "",
    ...(plan.planOnly ? [`> ${PLAN_ONLY}.`, ""] : []),
    `Compared with ${comparedWith}.`,
    "",
    ...lossSection(plan),
    ...errorSection(plan),
    ...policySection(plan),
    ...changeSection(plan),
  ].join("\n");
  const cost = costSection(plan).join("\n");
  return [head, ...changeDetails(plan, ROOM - head.length - cost.length), cost].join("\n");
}

/** The comment when there is no plan at all. */
export function failureMarkdown(stack: string, message: string): string {
  return [MARKER, `## Preview of \`${stack}\`: failed`, "", "There is no plan.", "", ...fenced(message), ""].join("\n");
}

function lossSection(plan: PreviewPlan): string[] {
  const found = losses(plan);
  if (found.length === 0) return [];
  return [
    "### :rotating_light: Data would be lost",
    "",
    ...atMost(
      MOST.losses,
      found.map(({ step, what, because }) => {
        const reason =
          step.op === "delete" ? because.join(", ") : `because of ${because.map((key) => `\`${key}\``).join(", ")}`;
        return `- **${step.op === "delete" ? "DELETED" : "REPLACED"}: ${what} \`${step.name}\`** (${step.type}): ${reason}${step.protect ? "; it is protected, so the update would be refused" : ""}`;
      }),
    ),
    "",
  ];
}

function errorSection(plan: PreviewPlan): string[] {
  const errors = errorsOf(plan);
  if (errors.length === 0) return [];
  return [
    "### Errors",
    "",
    ...atMost(
      MOST.errors,
      errors.map((message) => fenced(message).join("\n")),
    ),
    "",
  ];
}

function policySection(plan: PreviewPlan): string[] {
  if (!plan.judged) return ["### Policies", "", "No policy pack judged this plan.", ""];
  const mandatory = plan.policies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
  const advisory = plan.policies.filter(({ enforcementLevel }) => enforcementLevel !== "mandatory");
  return [
    `### Policies: ${verdict(plan)}${advisory.length > 0 ? `, ${advisory.length} advice` : ""}`,
    "",
    ...(mandatory.length > 0 ? [...atMost(MOST.findings, mandatory.map(finding)), ""] : []),
    ...(advisory.length > 0 ? folded("Advice", atMost(MOST.advice, advisory.map(finding))) : []),
  ];
}

/** In a code span nothing is markup, and nobody is called by an @. */
function finding({ policyName, message }: PolicyEvent): string {
  const text = (message.split("\n")[0] ?? "").replace(/^urn:pulumi:\S+::/, "").replaceAll("`", "'");
  return `- **${policyName}**: \`${shortened(text, MOST.characters)}\``;
}

function changeSection(plan: PreviewPlan): string[] {
  const rows = componentsOf(plan).filter(
    ({ created, changed, replaced, deleted }) => created + changed + replaced + deleted > 0,
  );
  if (rows.length === 0)
    return ["### Changes", "", plan.failed ? "None is known: the plan did not get that far." : "Nothing changes.", ""];
  const cell = (count: number): string => (count === 0 ? "" : String(count));
  const table = rows.map(
    ({ component, created, changed, replaced, deleted }) =>
      `| ${component} | ${cell(created)} | ${cell(changed)} | ${replaced > 0 ? `**${replaced}**` : ""} | ${deleted > 0 ? `**${deleted}**` : ""} |`,
  );
  const left = table.length - MOST.components;
  return [
    "### Changes",
    "",
    "| component | created | changed | replaced | deleted |",
    "|---|---:|---:|---:|---:|",
    ...table.slice(0, MOST.components),
    ...(left > 0 ? [`| and ${left} more components | | | | |`] : []),
    "",
  ];
}

function costSection(plan: PreviewPlan): string[] {
  const lines = endedEarly(plan) ? [] : costOf(plan);
  if (lines.length === 0) return [];
  const [total, before] = [totalOf(lines), totalOf(costBefore(plan))];
  const difference = before === 0 ? "" : changeOf(total - before);
  return [
    `### Estimated cost: about ${dollars(total)} a month${difference}`,
    "",
    `Estimate from list prices of ${PRICES_OF.region} as of ${PRICES_OF.date}, on demand; without traffic, requests, logs, backups, tax and discounts; nodes at the lowest load.`,
    "",
    ...folded("Its parts", [
      "| what | count | $ a month |",
      "|---|---:|---:|",
      ...lines.map(
        ({ what, count, monthly }) => `| ${what} | ${Math.round(count * 10) / 10} | ${monthly.toFixed(0)} |`,
      ),
    ]),
  ];
}

function changeOf(amount: number): string {
  return Math.round(amount) === 0
    ? ", unchanged"
    : `, ${amount < 0 ? "-" : "+"}${dollars(Math.abs(amount))} to what it is compared with`;
}

function dollars(amount: number): string {
  return `$${Math.round(amount).toLocaleString("en-US")}`;
}

function folded(title: string, lines: readonly string[]): string[] {
  return [`<details><summary>${title}</summary>`, "", ...lines, "", "</details>", ""];
}

function fenced(message: string): string[] {
  const fence = "`".repeat(Math.max(3, ...[...message.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return [fence, shortened(message, MOST.errorCharacters), fence];
}

function atMost(count: number, lines: readonly string[]): string[] {
  return lines.length <= count ? [...lines] : [...lines.slice(0, count), `- and ${lines.length - count} more`];
}

function shortened(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters)}…`;
}
