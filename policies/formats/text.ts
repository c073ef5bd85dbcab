/** The report for a terminal. */

import { visible } from "../../model/harmless/visible.ts";
import { address, pageOf } from "../documentation/address.ts";
import { placeOf, sentence } from "../judging/finding.ts";
import type { Finding } from "../judging/inquiry.ts";
import { shownScore, type Report } from "../reporting/report.ts";

/** Findings of one rule that are printed one by one; the rest is counted. */
const SHOWN = 20;
const KINDS_SHOWN = 12;

export interface TextOptions {
  readonly color: boolean;
  readonly full: boolean;
}

/** Findings first, then who did how well, then what nobody could judge. */
export function text(report: Report, { color, full }: TextOptions): string {
  const paint = (code: number, words: string): string => (color ? `\u001b[${code}m${words}\u001b[0m` : words);
  const out: string[] = [];
  for (const [rule, findings] of Map.groupBy([...report.findings].sort(bySeverity), ({ rule: one }) => one)) {
    const level = findings[0]?.level === "advisory" ? paint(33, "advice") : paint(31, `✗ ${rule.severity}`);
    out.push(
      `${level} ${rule.number} ${paint(1, rule.id)}: ${rule.title}`,
      ...findings
        .slice(0, full ? undefined : SHOWN)
        .map((finding) => `  ${placeOf(finding.resource, finding.line)} ${sentence(finding)}`),
    );
    if (!full && findings.length > SHOWN) out.push(`  … and ${findings.length - SHOWN} more (all with --all)`);
    out.push(`  ${paint(2, "fix:")}  ${rule.fix}`, `  ${paint(2, "docs:")} ${address(pageOf(rule))}`, "");
  }
  out.push(
    ...exemptions(report, full),
    ...services(report, full),
    ...items(report, full),
    ...doubts(report, full),
    ...summary(report),
  );
  return `${out.join("\n")}\n`;
}

const ORDER: readonly string[] = ["critical", "high", "medium", "low"];

function bySeverity(a: Finding, b: Finding): number {
  const rank = ({ level, rule }: Finding): number => (level === "advisory" ? 10 : 0) + ORDER.indexOf(rule.severity);
  return rank(a) - rank(b);
}

function exemptions({ exempt }: Report, full: boolean): string[] {
  if (!full || exempt.length === 0) return [];
  return [
    ...exempt.map(
      ({ finding: { rule, resource, line }, exemption: { owner, expires, reason } }) =>
        `exempt ${rule.number} ${rule.id} ${placeOf(resource, line)}: ${visible(`${owner} until ${expires}, ${reason}`)}`,
    ),
    "",
  ];
}

function services({ services: all }: Report, full: boolean): string[] {
  const worst = [...all].sort(([, a], [, b]) => b.failed - a.failed);
  const rows = full ? worst : worst.filter(([, { failed, unknown }]) => failed + unknown > 0).slice(0, SHOWN);
  if (rows.length === 0) return [];
  return [
    `${"service".padEnd(40)} score  passed  failed  unknown  exempt`,
    ...rows.map(
      ([name, tally]) =>
        `${visible(name).padEnd(40)} ${shownScore(tally).padStart(5)}  ${String(tally.passed).padStart(6)}  ${String(tally.failed).padStart(6)}  ${String(tally.unknown).padStart(7)}  ${String(tally.exempt).padStart(6)}`,
    ),
    "",
  ];
}

function items({ items: all }: Report, full: boolean): string[] {
  const rows = all.filter(({ verdict }) => full || (verdict !== "not applicable" && verdict !== "passed"));
  return rows.length === 0
    ? []
    : [
        `${"checklist item".padEnd(53)} score  verdict`,
        ...rows.map(
          (item) =>
            `${String(item.number).padStart(3)}  ${item.title.padEnd(48)} ${shownScore(item).padStart(5)}  ${item.verdict} (${item.passed} passed, ${item.failed} failed, ${item.unknown} unknown, ${item.exempt} exempt)`,
        ),
        "",
      ];
}

function doubts({ unknown }: Report, full: boolean): string[] {
  const broken = unknown.filter((doubt) => doubt.broken);
  const lines = [...broken, ...(full ? unknown.filter((doubt) => !doubt.broken) : [])];
  return lines
    .slice(0, full ? undefined : SHOWN)
    .map(
      ({ rule, resource, reason, broken: wrong }) =>
        `${wrong ? "rule failed" : "unknown"} ${rule.id}${resource ? ` ${placeOf(resource)}` : ""}: ${visible(reason)}`,
    );
}

function summary({ findings, known, exempt, unknown, items: all, resources, rules, notes }: Report): string[] {
  const advisory = findings.filter(({ level }) => level === "advisory").length;
  const parts = [
    `${findings.length - advisory} findings`,
    `${advisory} advice`,
    ...(known.length ? [`${known.length} in the baseline`] : []),
    ...(exempt.length ? [`${exempt.length} exempt`] : []),
    `${unknown.length} unknown`,
  ];
  const failed = all.filter(({ verdict }) => verdict === "failed").length;
  const kinds = [...resources.skipped]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${visible(kind)} ${count}`);
  const skipped =
    kinds.length > KINDS_SHOWN
      ? [...kinds.slice(0, KINDS_SHOWN), `and ${kinds.length - KINDS_SHOWN} kinds more`]
      : kinds;
  return [
    `${parts.join(", ")}. ${rules.applicable} of ${rules.asked} rules applied to ${resources.judged} resources; ${failed} of ${all.length} checklist items fail.`,
    ...(skipped.length ? [`Not judged, because no rule knows them: ${skipped.join(", ")}.`] : []),
    ...notes,
  ];
}
