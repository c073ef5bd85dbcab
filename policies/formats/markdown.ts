/** The report for a pull request: what blocks first, advice and exemptions folded away. */

import { codeSpan, words } from "../../model/harmless/markdown.ts";
import { doubtSentences } from "../reporting/doubts.ts";
import { pageOf, publicAddress } from "../documentation/address.ts";
import { placeOf, sentence } from "../judging/finding.ts";
import type { Finding } from "../judging/inquiry.ts";
import { shownScore, type Report, type Tally } from "../reporting/report.ts";
import type { Rule } from "../judging/rule.ts";

/** Longest reason that is shown, in characters. */
const REASON = 300;

export function markdown(report: Report): string {
  const { exempt, items, known, services, unknown } = report;
  const [blocking, advice] = [
    report.findings.filter(({ level }) => level === "mandatory"),
    report.findings.filter(({ level }) => level === "advisory"),
  ];
  return [
    `## ${headline(report, blocking.length, advice.length)}`,
    "",
    ...list(doubtSentences(unknown, (reason) => words(reason, REASON))),
    ...list(report.notes.map((note) => words(note))),
    ...byRule(blocking),
    ...folded(`${advice.length} advice`, byRule(advice)),
    ...folded(
      `${exempt.length} exempt`,
      list(
        exempt.map(
          ({ finding: { rule, resource, line }, exemption: { owner, expires, reason } }) =>
            `${codeSpan(placeOf(resource, line))} ${rule.id}: ${words(owner)} until ${expires}, ${words(reason, REASON)}`,
        ),
      ),
    ),
    ...folded(
      `${known.length} in the baseline`,
      list(known.map(({ rule, resource, line }) => `${codeSpan(placeOf(resource, line))} ${rule.id}`)),
    ),
    "| service | score | passed | failed | unknown | exempt |",
    "|---|---|---|---|---|---|",
    ...[...services].map(([name, tally]) => `| ${words(name)} | ${cells(tally)} |`),
    "",
    "| item | checklist | verdict | score | passed | failed | unknown | exempt |",
    "|---|---|---|---|---|---|---|---|",
    ...items.map((item) => `| ${item.number} | ${item.title} | ${item.verdict} | ${cells(item)} |`),
    "",
  ].join("\n");
}

/** Without a finding it is not yet green: a rule that broke has seen nothing. */
function headline({ unknown }: Report, blocking: number, advice: number): string {
  const broken = new Set(unknown.filter((doubt) => doubt.broken).map(({ rule }) => rule));
  return `${blocking === 0 ? "No findings" : `${blocking} findings`}${advice === 0 ? "" : `, ${advice} advice`}${broken.size === 0 ? "" : `, but ${broken.size} of the rules failed`}`;
}

function byRule(findings: readonly Finding[]): string[] {
  return [...Map.groupBy(findings, ({ rule }) => rule)].flatMap(([rule, group]) => [
    `### ${rule.number} ${linked(rule)}: ${rule.title}`,
    "",
    ...group.map((finding) => `- ${codeSpan(placeOf(finding.resource, finding.line))} ${sentence(finding, codeSpan)}`),
    "",
    "```ts",
    rule.fix,
    "```",
    "",
  ]);
}

/** Its name, and where its page is published the way there. */
function linked(rule: Rule): string {
  const page = publicAddress(pageOf(rule));
  return page ? `[${rule.id}](${page})` : rule.id;
}

function folded(summary: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`<details><summary>${summary}</summary>`, "", ...lines, "</details>", ""];
}

function list(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines.map((line) => `- ${line}`), ""];
}

function cells(tally: Tally): string {
  return [shownScore(tally), tally.passed, tally.failed, tally.unknown, tally.exempt].join(" | ");
}
