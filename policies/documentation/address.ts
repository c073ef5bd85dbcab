/** Where the page about a rule can be read. */

import manifest from "../../package.json" with { type: "json" };
import type { Rule } from "../judging/rule.ts";
import { FAMILIES } from "../rules.ts";

/** Where the files of this project are published, if they are: `homepage` of package.json, such as `https://git.example.com/slipway/blob/HEAD`. */
const { homepage: published }: { readonly name: string; readonly homepage?: string } = manifest;
const project = new URL("../../", import.meta.url);
const families = new Map(
  Object.entries(FAMILIES).flatMap(([family, rules]) => Object.values(rules).map((rule) => [rule, family] as const)),
);

/** Page of a rule, as a path in this project. */
export function pageOf(rule: Rule): string {
  return `docs/policies/${families.get(rule) ?? "README"}.md#${rule.id}`;
}

/** Address of a page that everybody can open, for reports that leave this machine. */
export function publicAddress(page: string, homepage = published): string | undefined {
  return homepage && /^https?:/.test(homepage) ? new URL(page, homepage.replace(/\/?(#.*)?$/, "/")).href : undefined;
}

/** Address of a page that opens here, whatever program is judged: where it is published, else the file beside the rules. */
export function address(page: string, homepage = published): string {
  return publicAddress(page, homepage) ?? new URL(page, project).href;
}
