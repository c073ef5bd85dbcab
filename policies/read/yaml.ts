/** YAML documents one at a time, so that a large file needs little memory and one bad document does not hide the others. */

import { CORE_SCHEMA, loadAll, Type, YAMLException } from "js-yaml";
import { BadInput } from "./position.ts";
import type { Spot } from "../resources/spot.ts";
import { bracesOutsideStrings, isUnrendered } from "./unrendered.ts";
import { yamlSpot } from "./yaml-spots.ts";

export interface Document {
  readonly value: unknown;
  readonly spot: Spot;
}

const MERGE = new Type("tag:yaml.org,2002:merge", {
  kind: "scalar",
  resolve: (data: unknown) => data === "<<" || data === null,
});
/** As Kubernetes reads YAML: no dates, no custom tags, but merge keys. */
const READING = { schema: CORE_SCHEMA.extend({ implicit: [MERGE] }) };
/** Nodes that any document may have once its aliases are followed. Beyond that, each node must cost at least a character of text: in a bomb it costs none. */
const ALWAYS_ALLOWED = 500_000;

/** Reads all documents of a file; problems are reported, and the rest is still read. `tags` are read beside what Kubernetes knows. */
export function* yamlDocuments(
  text: string,
  file: string,
  report: (problem: BadInput) => void,
  tags: readonly Type[] = [],
): Iterable<Document> {
  const reading = tags.length === 0 ? READING : { schema: READING.schema.extend({ explicit: [...tags] }) };
  for (const { body, line } of chunks(text)) {
    try {
      for (const [index, value] of loadAll(body, undefined, reading).entries()) {
        const problem = unusable(value, body);
        if (problem) report(new BadInput(file, line, 1, problem));
        else yield { value, spot: yamlSpot(body, reading, line, line + leadingLines(body), index) };
      }
    } catch (error) {
      report(asBadInput(error, body, file, line));
    }
  }
}

function asBadInput(error: unknown, body: string, file: string, line: number): BadInput {
  if (!(error instanceof YAMLException))
    return new BadInput(file, line, 1, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  const [row, column] = [line + (error.mark?.line ?? 0), (error.mark?.column ?? 0) + 1];
  if (bracesOutsideStrings(body)) return new BadInput(file, row, column, `${HELM_PROBLEM} (${error.reason})`);
  if (/^\t/m.test(body))
    return new BadInput(file, row, column, `${error.reason}; a line begins with a tab, and YAML indents with spaces`);
  return new BadInput(file, row, column, `${error.reason}${keyAt(error, body)}`);
}

/** The key that stands twice, in words. */
function keyAt({ reason, mark }: YAMLException, body: string): string {
  const line = /duplicated mapping key/.test(reason) ? body.split("\n")[mark?.line ?? -1] : undefined;
  const key = /^[\s-]*(?:\{\s*)?(["']?)([^"':{}]+)\1\s*:/.exec(line?.slice(0, 200) ?? "")?.[2];
  return key === undefined ? "" : ` "${key.trim()}"`;
}

const HELM_PROBLEM = "this is a template that is not rendered; run `helm template` and check its output";

function unusable(value: unknown, body: string): string | undefined {
  const most = Math.max(ALWAYS_ALLOWED, body.length);
  const problem = /[&*]/.test(body) ? tangled(value, most) : undefined; // without anchors there is nothing to follow
  return problem ?? (isUnrendered(body, value) ? HELM_PROBLEM : undefined);
}

/** Whether aliases make the document endless or far larger than its text. */
function tangled(root: unknown, most: number): string | undefined {
  const open = new Set<object>();
  let nodes = 0;
  const walk = (value: unknown): string | undefined => {
    if (typeof value !== "object" || value === null) return undefined;
    if (open.has(value)) return "an alias refers to what contains it, so the document has no end";
    if (++nodes > most) return "aliases multiply the document beyond all measure";
    open.add(value);
    for (const inner of Object.values(value)) {
      const problem = walk(inner);
      if (problem) return problem;
    }
    open.delete(value);
    return undefined;
  };
  return walk(root);
}

/** The documents of a text with the line on which each begins. */
function* chunks(text: string): Iterable<{ readonly body: string; readonly line: number }> {
  const mark = /^---(?=\s|$)/gm;
  let [start, line] = [0, 1];
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    const body = text.slice(start, match.index);
    if (body.trim() !== "") yield { body, line };
    line += newlines(body);
    start = match.index;
  }
  const rest = text.slice(start);
  if (rest.trim() !== "" && rest.trim() !== "---") yield { body: rest, line };
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** Lines before the first that holds something other than comments and marks. */
function leadingLines(body: string): number {
  const at = body.search(/^(?!\s*(#|---|%|$))/m);
  return at <= 0 ? 0 : newlines(body.slice(0, at));
}
