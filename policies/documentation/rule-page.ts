/** What there is to say about a rule: for its page, and for where a finding is shown. */

import type { On, Rule } from "../judging/rule.ts";

/** What the page about a rule says below its heading, as Markdown. */
export function aboutRule(rule: Rule): string[] {
  const limits = Object.entries(rule.limits ?? {}).map(
    ([name, { about, values }]) =>
      `| \`${name}\` | ${about} | ${shown(values.critical)} | ${shown(values.standard)} | ${shown(values.dev)} |`,
  );
  return [
    `${rule.number} · ${rule.severity} · ${levels(rule)} · ${rule.items.length ? `checklist ${rule.items.join(", ")}` : "no checklist item"} · looks at ${subject(rule.on)}${"check" in rule ? " alone, so it blocks before creation" : " and what belongs to it"}${rule.strict ? " · nobody can be exempted" : ""}`,
    "",
    `**${rule.title}.** ${rule.why}`,
    "",
    "```ts",
    rule.fix,
    "```",
    "",
    ...(limits.length > 0
      ? ["| threshold | meaning | critical | standard | dev |", "|---|---|---|---|---|", ...limits, ""]
      : []),
  ];
}

function levels({ levels: { critical, standard, dev } }: Rule): string {
  return critical === standard && standard === dev
    ? critical
    : `${critical} for critical, ${standard} for standard, ${dev} for dev`;
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
