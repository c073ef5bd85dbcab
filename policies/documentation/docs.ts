/** The pages about the rules, printed from the rules. */

import { CHECKLIST } from "../reporting/checklist.ts";
import { PROOFS } from "./proofs.ts";
import { aboutRule } from "./rule-page.ts";
import type { Rule } from "../judging/rule.ts";
import { FAMILIES, RULES } from "../rules.ts";

export interface Page {
  readonly path: string;
  readonly content: string;
}
const NOTE = "<!-- Printed from policies/ by `npm run generate`. Do not edit. -->";

/** All pages: one for each family of rules, the list of rules, and the checklist. */
export function policyPages(): Page[] {
  return [
    { path: "docs/policies/README.md", content: listPage() },
    { path: "docs/policies/checklist.md", content: checklistPage() },
    ...Object.entries(FAMILIES).map(([family, rules]) => ({
      path: `docs/policies/${family}.md`,
      content: familyPage(family, Object.values(rules)),
    })),
  ];
}

const link = (rule: Rule): string => `[${rule.id}](${familyOf(rule)}.md#${rule.id})`;
const familyOf = (rule: Rule): string =>
  Object.entries(FAMILIES).find(([, rules]) => Object.values(rules).includes(rule))?.[0] ?? "README";

function listPage(): string {
  const rows = [...RULES]
    .sort((a, b) => a.number.localeCompare(b.number))
    .map(
      (rule) =>
        `| ${rule.number} | ${link(rule)} | ${rule.title} | ${rule.severity} | ${rule.levels.critical} | ${rule.levels.standard} | ${rule.levels.dev} | ${rule.items.join(", ") || "–"} |`,
    );
  return [
    NOTE,
    "# Rules",
    "",
    `${RULES.length} rules. X: cross-resource, K: Kubernetes, A: AWS, C: checklist, E: exemptions. How to use them: [policies](../policies.md). By checklist item: [checklist](checklist.md).`,
    "",
    "| number | rule | what must hold | severity | critical | standard | dev | items |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function checklistPage(): string {
  const rows = CHECKLIST.map(({ number, title, proof, faults, unspoken, open }) => {
    const rules = RULES.filter((rule) => rule.items.includes(number))
      .map(link)
      .join(", ");
    return `| ${number} | ${title} | ${faults.map((fault) => `\`${fault}\``).join(", ") || unspoken} | ${rules}${open ? `; no rule: ${open}` : ""} | ${proof} | ${shownBy(number)} |`;
  });
  return [
    NOTE,
    "# Checklist",
    "",
    "What holds each item: faults that a description is refused for, rules over declared resources, and the experiment at run time with the tests that show it.",
    "",
    "| item | what is promised | faults of a description | rules | experiment and its pass line | shown by |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function shownBy(number: number): string {
  const { by, missing } = PROOFS[number] ?? { by: [] };
  const files = [...Map.groupBy(by, ({ file }) => file)].map(
    ([file, proofs]) =>
      `[${file}](../../${file})${proofs.flatMap(({ title }) => (title ? [` "${title}"`] : [])).join(",")}`,
  );
  return [files.join("; "), missing ? `none yet: ${missing}` : ""].filter(Boolean).join("; ");
}

function familyPage(family: string, rules: readonly Rule[]): string {
  return [
    NOTE,
    `# ${family.replaceAll("-", " ")}`,
    "",
    ...rules.flatMap((rule) => [`## ${rule.id}`, "", ...aboutRule(rule)]),
  ].join("\n");
}
