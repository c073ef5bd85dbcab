/** The report for code scanning (SARIF 2.1.0). */

import { sarifText } from "../../model/harmless/sarif.ts";
import { visibleJson } from "../../model/harmless/visible.ts";
import { pageOf, publicAddress } from "../documentation/address.ts";
import { fingerprint, placeOf, sentence } from "../judging/finding.ts";
import type { Finding } from "../judging/inquiry.ts";
import type { Report } from "../reporting/report.ts";
import { aboutRule } from "../documentation/rule-page.ts";
import type { Rule, Severity } from "../judging/rule.ts";

/** GitHub raises alarms for suppressed results too, so exempted findings are left out there; elsewhere they are kept with their reason. */
export function sarif(report: Report, rules: readonly Rule[], github: boolean): string {
  const exempt = github
    ? []
    : report.exempt.map(({ finding, exemption }) => ({
        ...result(finding, rules),
        suppressions: [
          {
            kind: "external",
            status: "accepted",
            justification: sarifText(`${exemption.reason} (${exemption.owner}, until ${exemption.expires})`),
          },
        ],
      }));
  return `${visibleJson(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "slipway check", rules: rules.map(descriptor) } },
          invocations: [invocation(report, rules)],
          results: [...report.findings.map((finding) => result(finding, rules)), ...exempt],
        },
      ],
    },
    1,
  )}\n`;
}

/** Rules that broke are no results, yet the analysis is not whole. */
function invocation({ unknown }: Report, rules: readonly Rule[]): object {
  const broken = unknown.filter((doubt) => doubt.broken);
  return {
    executionSuccessful: broken.length === 0,
    toolExecutionNotifications: broken.map(({ rule, resource, reason }) => ({
      level: "error",
      associatedRule: { id: rule.id, index: rules.indexOf(rule) },
      message: { text: sarifText(`rule ${rule.id} failed${resource ? ` at ${placeOf(resource)}` : ""}: ${reason}`) },
    })),
  };
}

const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.0",
  low: "2.0",
};

/** A rule with its page, so that code scanning shows it beside the finding. */
function descriptor(rule: Rule): object {
  const helpUri = publicAddress(pageOf(rule));
  return {
    id: rule.id,
    name: rule.id.replaceAll(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: `${rule.title}. ${rule.why}\n\nFix: ${rule.fix}`, markdown: aboutRule(rule).join("\n") },
    ...(helpUri ? { helpUri } : {}),
    properties: {
      "security-severity": SECURITY_SEVERITY[rule.severity],
      tags: [rule.number, ...rule.items.map((item) => `checklist-${item}`)],
    },
  };
}

function result(finding: Finding, rules: readonly Rule[]): object {
  const { rule, resource, level, line } = finding;
  const file = resource.source?.file;
  return {
    ruleId: rule.id,
    ruleIndex: rules.indexOf(rule),
    level: level === "advisory" ? "note" : rule.severity === "low" ? "warning" : "error",
    message: { text: `${sarifText(placeOf(resource, line))} ${sentence(finding, sarifText)}` },
    partialFingerprints: { "ruleAndResource/v1": fingerprint(finding) },
    locations: [
      {
        ...(file
          ? { physicalLocation: { artifactLocation: { uri: addressOf(file) }, region: { startLine: line ?? 1 } } }
          : {}),
        logicalLocations: [{ fullyQualifiedName: `${resource.urn}#${finding.path}`, kind: "resource" }],
      },
    ],
  };
}

/** A file as a relative address, whatever signs are in its name. */
function addressOf(file: string): string {
  return file.toWellFormed().split("/").map(encodeURIComponent).join("/");
}
