/** The report for a pull request. */

import { doubtSentences } from "../doubts.ts";
import { docsOf, placeOf, sentence } from "../finding.ts";
import type { Finding } from "../judge.ts";
import { score, type Report } from "../report.ts";

export function markdown(report: Report): string {
  const { findings, items, services, unknown } = report;
  const out = [`## ${headline(report)}`, "", ...doubtSentences(unknown).map((sentence) => `- ${escape(sentence)}`), ...(unknown.length > 0 ? [""] : [])];
  for (const [rule, group] of Map.groupBy(findings, (finding: Finding) => finding.rule)) {
    out.push(`### ${rule.number} [${rule.id}](${docsOf(rule)}): ${rule.title}`, "", ...group.map((finding) => `- \`${placeOf(finding.resource, finding.line)}\` ${escape(sentence(finding))}`), "", "```ts", rule.fix, "```", "");
  }
  out.push("| service | score | passed | failed | unknown | exempt |", "|---|---|---|---|---|---|", ...[...services].map(([name, tally]) => `| ${name} | ${score(tally) ?? "–"} % | ${tally.passed} | ${tally.failed} | ${tally.unknown} | ${tally.exempt} |`), "");
  out.push("| item | checklist | verdict |", "|---|---|---|", ...items.map(({ number, title, verdict }) => `| ${number} | ${title} | ${verdict} |`), "");
  return out.join("\n");
}

/** Without a finding it is not yet green: a rule that broke has seen nothing. */
function headline({ findings, unknown }: Report): string {
  const broken = new Set(unknown.filter((doubt) => doubt.broken).map(({ rule }) => rule));
  return `${findings.length === 0 ? "No findings" : `${findings.length} findings`}${broken.size === 0 ? "" : `, but ${broken.size} of the rules failed`}`;
}

function escape(text: string): string {
  return text.replaceAll("<", "&lt;").replaceAll("|", "\\|");
}
