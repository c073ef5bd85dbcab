import { codeBlock, codeSpan, words } from "../../model/harmless/markdown.ts";
import { changeDetails } from "./change-details.ts";
import { componentsOf } from "./components-of.ts";
import { type CostLine, costBefore, costOf, totalOf } from "./cost/cost.ts";
import { endedEarly, errorsOf } from "./ended-early.ts";
import type { PolicyEvent } from "./engine-event.ts";
import type { PreviewPlan } from "./preview-plan.ts";
import { priceBasis } from "./cost/price-basis.ts";
import { PLAN_ONLY } from "./pulumi-json.ts";
import { losses } from "./stateful.ts";
import { twoUpdates } from "./two-updates.ts";
import { verdict } from "./verdict.ts";

/** First line of the comment, by which a workflow finds the one it wrote before. */
export const MARKER = "<!-- slipway-preview -->";

/** GitHub takes 65,536 characters; the workflow adds a line of its own. */
const ROOM = 60_000;
/** So many lines and characters of a kind, and so many characters of each line, are shown: together they leave room for every kind. */
const MOST = {
  losses: 50,
  errors: 10,
  errorCharacters: 1_500,
  findings: 50,
  advice: 10,
  characters: 300,
  nameCharacters: 100,
  charactersOfAKind: 10_500,
  components: 100,
} as const;

/** The plan as a comment on a pull request: what would be lost first, then verdicts, changes and cost. */
export function previewMarkdown(plan: PreviewPlan, comparedWith = "nothing: everything is new"): string {
  const head = [
    MARKER,
    `## Preview of ${name(plan.stack)}${plan.planOnly ? " (plan only)" : ""}${plan.failed ? ": failed" : ""}`,
    "",
    ...(plan.planOnly ? [`> ${PLAN_ONLY}.`, ""] : []),
    `Compared with ${comparedWith}.`,
    "",
    ...lossSection(plan),
    ...errorSection(plan),
    ...policySection(plan),
    ...twoUpdates(plan).map((what) => `> ${what}.\n`),
    ...changeSection(plan),
  ].join("\n");
  const cost = costSection(plan).join("\n");
  return [head, ...changeDetails(plan, ROOM - head.length - cost.length), cost].join("\n");
}

/** The comment when there is no plan at all. */
export function failureMarkdown(stack: string, message: string): string {
  return [MARKER, `## Preview of ${name(stack)}: failed`, "", "There is no plan.", "", ...block(message), ""].join(
    "\n",
  );
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
        const reason = step.op === "delete" ? because.join(", ") : `because of ${because.map(name).join(", ")}`;
        return `- **${step.op === "delete" ? "DELETED" : "REPLACED"}: ${what} ${name(step.name)}** (${words(step.type)}): ${reason}${step.protect ? "; it is protected, so the update would be refused" : ""}`;
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
      errors.map((message) => block(message).join("\n")),
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

function finding({ policyName, message }: PolicyEvent): string {
  const text = (message.split("\n")[0] ?? "").replace(/^urn:pulumi:\S+::/, "");
  return `- **${words(policyName)}**: ${codeSpan(text, MOST.characters)}`;
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
      `| ${words(component)} | ${cell(created)} | ${cell(changed)} | ${replaced > 0 ? `**${replaced}**` : ""} | ${deleted > 0 ? `**${deleted}**` : ""} |`,
  );
  return [
    "### Changes",
    "",
    "| component | created | changed | replaced | deleted |",
    "|---|---:|---:|---:|---:|",
    ...atMost(MOST.components, table, (left) => `| and ${left} more components | | | | |`),
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
    `Estimate from ${words(priceBasis(plan), 200)}, on demand; without traffic, requests, logs, backups, tax and discounts; nodes at the lowest load.`,
    "",
    ...folded("Its parts", [
      "| what | count | $ a month |",
      "|---|---:|---:|",
      ...atMost(MOST.components, lines.map(costRow), (left) => `| and ${left} more kinds | | |`),
    ]),
  ];
}

function costRow({ what, count, monthly }: CostLine): string {
  return `| ${words(what)} | ${Math.round(count * 10) / 10} | ${monthly.toFixed(0)} |`;
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

const name = (text: string): string => codeSpan(text, MOST.nameCharacters);
const block = (message: string): string[] => codeBlock(message, MOST.errorCharacters);

function atMost(count: number, lines: readonly string[], more = (left: number) => `- and ${left} more`): string[] {
  let room = MOST.charactersOfAKind;
  const end = lines.findIndex((line, index) => index >= count || (room -= line.length) < 0);
  return end < 0 ? [...lines] : [...lines.slice(0, end), more(lines.length - end)];
}
