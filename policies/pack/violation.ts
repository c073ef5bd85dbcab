/** A finding in the engine's output, under the name, severity and level of its rule. */

import type { ReportViolation } from "@pulumi/policy";
import { address, pageOf } from "../documentation/address.ts";
import { placeOf, sentence } from "../judging/finding.ts";
import type { Finding } from "../judging/inquiry.ts";

/** One line what, where and why; then the fix and the page. */
export function violation(finding: Finding, report: ReportViolation): void {
  const { rule, resource, level } = finding;
  const urn = resource.urn.startsWith("urn:") ? resource.urn : undefined;
  const message = `${placeOf(resource)} ${sentence(finding)}\n  fix:  ${rule.fix}\n  docs: ${address(pageOf(rule))}`;
  // An object instead of a text lets many rules share one policy; @pulumi/policy reads it (server.js, makeReportViolationFun).
  report({
    name: rule.id,
    description: rule.title,
    message,
    urn,
    enforcementLevel: level,
    severity: rule.severity,
  } as never);
}
