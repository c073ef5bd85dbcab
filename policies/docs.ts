/** The pages about the rules, printed from the rules. */

import { CHECKLIST } from "./checklist.ts";
import { PROOFS } from "./proofs.ts";
import type { On, Rule } from "./rule.ts";
import { FAMILIES, RULES } from "./rules.ts";

export interface Page { readonly path: string; readonly content: string }
const NOTE = "<!-- Printed from policies/ by `npm run generate`. Do not edit. -->";

/** All pages: one for each family of rules, the list of rules, and the checklist. */
export function policyPages(): Page[] {
  return [
    { path: "docs/policies/README.md", content: listPage() },
    { path: "docs/policies/checklist.md", content: checklistPage() },
    ...Object.entries(FAMILIES).map(([family, rules]) => ({ path: `docs/policies/${family}.md`, content: familyPage(family, Object.values(rules)) })),
  ];
}

const link = (rule: Rule): string => `[${rule.id}](${familyOf(rule)}.md#${rule.id})`;
const familyOf = (rule: Rule): string => Object.entries(FAMILIES).find(([, rules]) => Object.values(rules).includes(rule))?.[0] ?? "README";

function listPage(): string {
  const rows = [...RULES].sort((a, b) => a.number.localeCompare(b.number)).map((rule) => `| ${rule.number} | ${link(rule)} | ${rule.title} | ${rule.severity} | ${rule.levels.critical} | ${rule.levels.standard} | ${rule.levels.dev} | ${rule.items.join(", ") || "–"} |`);
  return [NOTE, "# Rules", "", `${RULES.length} rules. X: cross-resource, K: Kubernetes, A: AWS, C: checklist, E: exemptions. How to use them: [policies](../policies.md). By checklist item: [checklist](checklist.md).`, "",
    "| number | rule | what must hold | severity | critical | standard | dev | items |", "|---|---|---|---|---|---|---|---|", ...rows, ""].join("\n");
}

function checklistPage(): string {
  const rows = CHECKLIST.map(({ number, title, proof, faults, unspoken, open }) => {
    const rules = RULES.filter((rule) => rule.items.includes(number)).map(link).join(", ");
    return `| ${number} | ${title} | ${faults.map((fault) => `\`${fault}\``).join(", ") || unspoken} | ${rules}${open ? `; no rule: ${open}` : ""} | ${proof} | ${shownBy(number)} |`;
  });
  return [NOTE, "# Checklist", "", "What holds each item: faults that a description is refused for, rules over declared resources, and the experiment at run time with the tests that show it.", "",
    "| item | what is promised | faults of a description | rules | experiment and its pass line | shown by |", "|---|---|---|---|---|---|", ...rows, ""].join("\n");
}

function shownBy(number: number): string {
  const { by, missing } = PROOFS[number] ?? { by: [] };
  const files = [...Map.groupBy(by, ({ file }) => file)].map(([file, proofs]) => `[${file}](../../${file})${proofs.flatMap(({ title }) => (title ? [` "${title}"`] : [])).join(",")}`);
  return [files.join("; "), missing ? `none yet: ${missing}` : ""].filter(Boolean).join("; ");
}

function familyPage(family: string, rules: readonly Rule[]): string {
  return [NOTE, `# ${family.replaceAll("-", " ")}`, "", ...rules.flatMap(section)].join("\n");
}

function section(rule: Rule): string[] {
  const limits = Object.entries(rule.limits ?? {}).map(([name, { about, values }]) => `| \`${name}\` | ${about} | ${shown(values.critical)} | ${shown(values.standard)} | ${shown(values.dev)} |`);
  return [
    `## ${rule.id}`, "", `${rule.number} · ${rule.severity} · ${levels(rule)} · ${rule.items.length ? `checklist ${rule.items.join(", ")}` : "no checklist item"} · looks at ${subject(rule.on)}${"check" in rule ? " alone, so it blocks before creation" : " and what belongs to it"}${rule.strict ? " · nobody can be exempted" : ""}`, "",
    `**${rule.title}.** ${rule.why}`, "", "```ts", rule.fix, "```", "",
    ...(limits.length > 0 ? ["| threshold | meaning | critical | standard | dev |", "|---|---|---|---|---|", ...limits, ""] : []),
  ];
}

function levels({ levels: { critical, standard, dev } }: Rule): string {
  return critical === standard && standard === dev ? critical : `${critical} for critical, ${standard} for standard, ${dev} for dev`;
}

function subject(on: On): string {
  if (on === "container") return "each container";
  if (on === "workload") return "everything that makes pods";
  if (on === "stack") return "the whole stack";
  return on[0] === "*" ? "every object" : on.map((kind) => `\`${kind}\``).join(", ");
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") || "(empty)" : String(value);
}
