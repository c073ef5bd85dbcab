/** The report for programs; a later run takes it as baseline. */

import { visibleJson } from "../../model/harmless/visible.ts";
import { pageOf, publicAddress } from "../documentation/address.ts";
import { fingerprint, placeOf } from "../judging/finding.ts";
import type { Finding } from "../judging/inquiry.ts";
import { score, type Report } from "../reporting/report.ts";

export function json(report: Report): string {
  return `${visibleJson(
    {
      version: 1,
      findings: report.findings.map(plain),
      known: report.known.map(plain),
      exempt: report.exempt.map(({ finding, exemption }) => ({ ...plain(finding), exemption })),
      unknown: report.unknown.map(({ rule, resource, reason, broken, fact }) => ({
        rule: rule.id,
        resource: resource?.urn,
        reason,
        broken,
        fact,
      })),
      items: report.items.map((item) => ({ ...item, score: score(item) })),
      services: Object.fromEntries(
        [...report.services].map(([name, tally]) => [name, { ...tally, score: score(tally) }]),
      ),
      rules: report.rules,
      resources: { judged: report.resources.judged, skipped: Object.fromEntries(report.resources.skipped) },
    },
    1,
  )}\n`;
}

function plain(finding: Finding): object {
  const { rule, resource, level, line, path, found, wanted, note, related } = finding;
  return {
    fingerprint: fingerprint(finding),
    rule: rule.id,
    number: rule.number,
    severity: rule.severity,
    level,
    items: rule.items,
    resource: resource.urn,
    place: placeOf(resource, line),
    ...(resource.source ? { file: resource.source.file, line } : {}),
    path,
    found,
    wanted,
    note,
    why: rule.why,
    fix: rule.fix,
    docs: publicAddress(pageOf(rule)) ?? pageOf(rule),
    related: related?.map(({ urn }) => urn),
  };
}
