/** The report for a pull request. */

import { docsOf, placeOf, sentence } from "../finding.ts";
import type { Finding } from "../judge.ts";
import { score, type Report } from "../report.ts";

export function markdown(report: Report): string {
  const { findings, items, services } = report;
  const out = [`## ${findings.length === 0 ? "No findings" : `${findings.length} findings`}`, ""];
  for (const [rule, group] of Map.groupBy(findings, (finding: Finding) => finding.rule)) {
    out.push(`### ${rule.number} [${rule.id}](${docsOf(rule)}): ${rule.title}`, "", ...group.map((finding) => `- \`${placeOf(finding.resource, finding.line)}\` ${escape(sentence(finding))}`), "", "```ts", rule.fix, "```", "");
  }
  out.push("| service | score | passed | failed | unknown | exempt |", "|---|---|---|---|---|---|", ...[...services].map(([name, tally]) => `| ${name} | ${score(tally) ?? "–"} % | ${tally.passed} | ${tally.failed} | ${tally.unknown} | ${tally.exempt} |`), "");
  out.push("| item | checklist | verdict |", "|---|---|---|", ...items.map(({ number, title, verdict }) => `| ${number} | ${title} | ${verdict} |`), "");
  return out.join("\n");
}

function escape(text: string): string {
  return text.replaceAll("<", "&lt;").replaceAll("|", "\\|");
}
