/** What a PromQL expression reads, by Prometheus's own grammar. */

import { createRequire } from "node:module";
import type { SyntaxNode } from "@lezer/common";
import type { LRParser } from "@lezer/lr";
import { seconds } from "../entry/routes.ts";

export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}
export interface Query {
  /** Matchers of each series that it reads; what stands behind `unless` takes away and is left out. */
  readonly selectors: readonly (readonly Matcher[])[];
  /** Seconds of its ranges and subqueries. */
  readonly windows: readonly number[];
  /** Where it cannot be read. */
  readonly fault: string | undefined;
}

const known = new Map<string, Query>();

/** Reads an expression; the grammar is loaded only where there is one. */
export function parseQuery(expression: string): Query {
  let query = known.get(expression);
  if (!query) known.set(expression, (query = read(expression)));
  return query;
}

function read(expression: string): Query {
  const { parser } = createRequire(import.meta.url)("@prometheus-io/lezer-promql") as { readonly parser: LRParser };
  const text = (node: SyntaxNode | null): string => (node ? expression.slice(node.from, node.to) : "");
  const selectors: Matcher[][] = [];
  const windows: number[] = [];
  let fault: string | undefined;
  parser.parse(expression).iterate({
    enter({ node, name, type }) {
      if (type.isError) fault ??= expression.slice(node.from, node.from + 20) || "its end";
      if (name === "VectorSelector" && !takesAway(node))
        selectors.push(matchersOf(node).map((matcher) => matcherOf(matcher, text)));
      if (name === "MatrixSelector" || name === "SubqueryExpr") {
        const window = /\[\s*([^\]:]+?)\s*(?::[^\]]*)?\]$/.exec(text(node))?.[1];
        if (window) windows.push(/[dwy]/.test(window) ? DAY : (seconds(window) ?? 0));
      }
    },
  });
  return { selectors, windows, fault };
}

const DAY = 86_400;

function matchersOf(selector: SyntaxNode): SyntaxNode[] {
  const list = selector.getChild("LabelMatchers");
  return ["UnquotedLabelMatcher", "QuotedLabelMatcher"].flatMap((kind) => list?.getChildren(kind) ?? []);
}

function matcherOf(node: SyntaxNode, text: (node: SyntaxNode | null) => string): Matcher {
  const [label, operator, value] = [node.firstChild, node.getChild("MatchOp"), node.lastChild];
  return {
    label: unquoted(text(label)),
    operator: text(operator) as Matcher["operator"],
    value: unquoted(text(value)),
  };
}

function unquoted(literal: string): string {
  if (literal.startsWith("`")) return literal.slice(1, -1); // a raw string
  return /^["']/.test(literal) ? literal.slice(1, -1).replace(/\\(["'\\])/g, "$1") : literal;
}

/** True for what stands on the right of `unless`. */
function takesAway(node: SyntaxNode): boolean {
  for (let [inner, outer] = [node, node.parent]; outer; [inner, outer] = [outer, outer.parent]) {
    const unless = outer.name === "BinaryExpr" ? outer.getChild("Unless") : null;
    if (unless && inner.from > unless.from) return true;
  }
  return false;
}
