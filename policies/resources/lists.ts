/** Lists of Kubernetes objects that somebody wrote as something else, which the API server refuses. */

import { hidden } from "./unknown.ts";

type Props = Readonly<Record<string, unknown>>;

/** Fields that hold lists in every built-in kind that has them. */
const LISTS: ReadonlySet<string> = new Set([
  "containers",
  "initContainers",
  "ephemeralContainers",
  "volumes",
  "env",
  "envFrom",
  "ports",
  "volumeMounts",
  "imagePullSecrets",
  "tolerations",
  "topologySpreadConstraints",
  "volumeClaimTemplates",
  "matchExpressions",
  "requiredDuringSchedulingIgnoredDuringExecution",
  "preferredDuringSchedulingIgnoredDuringExecution",
  "metrics",
  "policyTypes",
  "ingress",
  "egress",
  "from",
  "to",
  "tls",
  "paths",
  "rules",
  "subjects",
  "accessModes",
  "items",
  "sources",
  "ownerReferences",
  "finalizers",
]);
/** Below these, keys are the author's own words. */
const OPEN: ReadonlySet<string> = new Set([
  "data",
  "stringData",
  "binaryData",
  "labels",
  "annotations",
  "matchLabels",
  "nodeSelector",
  "selector",
  "parameters",
]);
/** Below this, one of the fields holds a map: terms of a node affinity that must hold are one selector. */
const SINGLE: ReadonlySet<string> = new Set(["nodeAffinity"]);

/** Something in place of a list. */
export interface NoList {
  readonly path: string;
  readonly found: string;
}

/** An object in which every list is one, and what was none; the object itself where nothing was wrong. */
export function withLists(object: Props): { readonly object: Props; readonly wrong: readonly NoList[] } {
  const wrong: NoList[] = [];
  collect(object, "", wrong);
  return wrong.length === 0 ? { object, wrong } : { object: replaced(object) as Props, wrong };
}

function isNoList(key: string, value: unknown): boolean {
  return (
    LISTS.has(key) && value !== null && value !== undefined && !Array.isArray(value) && hidden(value) === undefined
  );
}

function collect(value: unknown, path: string, wrong: NoList[]): void {
  if (typeof value !== "object" || value === null) return;
  const inList = Array.isArray(value);
  for (const key of Object.keys(value)) {
    if (OPEN.has(key) || SINGLE.has(key)) continue;
    const inner = (value as Props)[key];
    if (typeof inner !== "object" && !LISTS.has(key)) continue;
    const at = inList ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    if (isNoList(key, inner))
      wrong.push({ path: at, found: typeof inner === "object" ? "a map" : `a ${typeof inner}` });
    else collect(inner, at, wrong);
  }
}

function replaced(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(replaced);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      OPEN.has(key) || SINGLE.has(key) ? inner : isNoList(key, inner) ? [] : replaced(inner),
    ]),
  );
}
