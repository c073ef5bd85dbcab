import type { SystemPlan } from "../../../model/plan.ts";
import type { AwsSettings } from "../account/settings.ts";
import { type ClaimedName, claimedNames } from "./claimed-names.ts";
import type { Reader } from "./setting.ts";

/** What RDS and ElastiCache take: no two dashes in a row, and none at an end. */
const IDENTIFIER = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const IDENTIFIERS = ["database servers", "caches", "users of caches"];

/** Names that two things of a stack would have, within a system or between them, and identifiers that AWS refuses. */
export function checkClaims(
  reader: Reader,
  plans: readonly SystemPlan[],
  settings: Pick<AwsSettings, "database">,
): void {
  const first = new Map<string, ClaimedName>();
  for (const claim of plans.flatMap((plan) => claimedNames(plan, settings))) {
    const key = `${claim.among} ${claim.name}`;
    const before = first.get(key);
    if (before !== undefined) reportTwice(reader, before, claim);
    else first.set(key, claim);
    if (IDENTIFIERS.includes(claim.among) && !IDENTIFIER.test(claim.name)) reportForm(reader, claim);
  }
}

function reportTwice(reader: Reader, before: ClaimedName, { among, name, of }: ClaimedName): void {
  reader.report({
    key: `names of ${among}`,
    found: `${name} of both ${before.of} and ${of}`,
    allowed: "each name once in the stack",
    fix: "rename one of the two in its description; what runs already keeps its name, because another name is another resource",
  });
}

function reportForm(reader: Reader, { among, name, of }: ClaimedName): void {
  reader.report({
    key: `names of ${among}`,
    found: `${name} of ${of}`,
    allowed: "lower-case letters, digits and single dashes between them, which is what AWS takes",
    fix: "rename the store, its database or who uses it in the description",
  });
}
