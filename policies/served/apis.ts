/** Which release of Kubernetes serves which kind in which version. The table beside it is printed from the published API. */

import { own } from "../../model/harmless/own.ts";
import table from "./apis.json" with { type: "json" };

/** One kind in one version; releases are the number behind "1.". */
export interface ServedApi {
  /** First release; absent where it was there before the table begins. */
  readonly since?: number;
  readonly deprecated?: number;
  /** First release that does not serve it any more. */
  readonly removed?: number;
  /** Version and kind that replace it. */
  readonly by?: string;
  /** Last release that declares it, while the table is printed. */
  readonly last?: number;
}
export interface ServedApis {
  /** Newest release that the table knows. */
  readonly newest: number;
  readonly apis: Readonly<Record<string, Readonly<Record<string, ServedApi>>>>;
}
const { apis }: ServedApis = table;

const groupOf = (apiVersion: string): string => (apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "");
const GROUPS: ReadonlySet<string> = new Set(Object.keys(apis).map(groupOf));

/** What Kubernetes says of a kind in a version; undefined where it has none such. */
export function apiOf(apiVersion: string, kind: string): ServedApi | undefined {
  return own(own(apis, apiVersion) ?? {}, kind);
}

/** True for groups of Kubernetes itself, and for names that can be nobody else's: groups of others have a dot. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return GROUPS.has(group) || !group.includes(".");
}

/** Versions in which a release serves a kind, in whatever group, finished ones first, and of these the newest. */
export function servedVersions(kind: string, release: number): readonly string[] {
  return Object.keys(apis)
    .filter((apiVersion) => isServed(apiOf(apiVersion, kind), release))
    .sort((a, b) => maturity(b) - maturity(a) || b.localeCompare(a, undefined, { numeric: true }));
}

const maturity = (apiVersion: string): number => (/alpha/.test(apiVersion) ? 0 : /beta/.test(apiVersion) ? 1 : 2);

/** True when a release serves it. */
export function isServed(api: ServedApi | undefined, release: number): boolean {
  return api !== undefined && (api.since ?? 0) <= release && release < (api.removed ?? Infinity);
}
