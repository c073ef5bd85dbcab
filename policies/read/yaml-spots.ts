/** Places in one YAML document, read a second time where a finding asks: js-yaml tells its listener where every node begins. */

import { loadAll, type LoadOptions } from "js-yaml";
import type { Spot } from "../resources/spot.ts";

interface Node {
  readonly line: number;
  readonly children: Node[];
  kind: string | null;
  value: unknown;
}
const NOTHING: ReadonlyMap<string, Spot> = new Map();

/** The document of a text as a spot; `first` is the line of the file on which the text begins, `line` that of the document. */
export function yamlSpot(body: string, options: LoadOptions, first: number, line: number, document: number): Spot {
  return {
    line,
    get inside() {
      return rootsOf(body, options, first)[document]?.inside ?? NOTHING;
    },
  };
}

/** Findings are placed file by file, so only the last text is asked for again, as by the items of a list. */
const last: { body: string; first: number; roots: readonly Spot[] } = { body: "", first: 0, roots: [] };

function rootsOf(body: string, options: LoadOptions, first: number): readonly Spot[] {
  if (last.body !== body || last.first !== first)
    Object.assign(last, { body, first, roots: parsed(body, options).map((node) => spotOf(node, node, first)) });
  return last.roots;
}

function parsed(body: string, options: LoadOptions): readonly Node[] {
  const top: Node = { line: 0, children: [], kind: null, value: undefined };
  const open = [top];
  loadAll(body, undefined, {
    ...options,
    listener(event, { line, kind, result }) {
      if (event === "open") open.push({ line, children: [], kind: null, value: undefined });
      else {
        const node = open.pop() ?? top;
        [node.kind, node.value] = [kind, result];
        open.at(-1)?.children.push(node);
      }
    },
  });
  return top.children;
}

function spotOf({ line }: Node, value: Node, first: number): Spot {
  let inside: ReadonlyMap<string, Spot> | undefined;
  return {
    line: first + line,
    get inside() {
      return (inside ??= spotsIn(value, first));
    },
  };
}

function spotsIn(node: Node, first: number): ReadonlyMap<string, Spot> {
  const [only] = node.children;
  if (only && only.value === node.value) return spotsIn(only, first); // js-yaml reads `- {}` as a key first, and then as it is
  if (node.kind === "sequence")
    return new Map(node.children.map((item, index) => [String(index), spotOf(item, item, first)]));
  if (node.kind !== "mapping") return NOTHING;
  const pairs = new Map<string, Spot>();
  for (let at = 0; at + 1 < node.children.length; at += 2) {
    const [key, value] = [node.children[at], node.children[at + 1]];
    if (key && value) pairs.set(String(key.value), spotOf(key, value, first));
  }
  return pairs;
}
