import { parser } from "@prometheus-io/lezer-promql";
import type { SyntaxNode } from "@lezer/common";

/** What a PromQL expression reads and does, as far as rules about queries ask. */
export interface PromqlQuery {
  readonly errors: readonly string[];
  readonly selectors: readonly Selector[];
}

export interface Selector {
  readonly name: string;
  /** Matchers as written, without spaces. */
  readonly matchers: readonly string[];
  /** Window of a range selector, or null. */
  readonly range: string | null;
  /** Function the selector stands in directly, such as `rate`, or null. */
  readonly inside: string | null;
}

/** Parses with Prometheus's own grammar; Grafana's variables are given a value first. */
export function parsePromql(text: string): PromqlQuery {
  const expr = text.replaceAll("$__rate_interval", RATE_INTERVAL);
  const errors: string[] = [];
  const selectors: Selector[] = [];
  parser.parse(expr).iterate({
    enter(found) {
      if (found.type.isError) errors.push(`at ${found.from}: ${expr.slice(found.from, found.from + 20)}`);
      if (found.name === "VectorSelector") selectors.push(selector(found.node, expr));
    },
  });
  return { errors, selectors };
}

/** A window nobody writes by hand, so that it is recognised. */
export const RATE_INTERVAL = "4m59s";

function selector(node: SyntaxNode, expr: string): Selector {
  const text = (child: SyntaxNode | null) => (child === null ? "" : expr.slice(child.from, child.to));
  const matchers = node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? [];
  const matrix = node.parent?.name === "MatrixSelector" ? node.parent : null;
  const call = enclosingCall(matrix ?? node);
  return {
    name: text(node.getChild("Identifier")),
    matchers: matchers.map((matcher) => text(matcher).replaceAll(" ", "")),
    range: matrix === null ? null : text(matrix).slice(text(matrix).lastIndexOf("[") + 1, -1),
    inside: call === null ? null : text(call.getChild("FunctionIdentifier")),
  };
}

function enclosingCall(node: SyntaxNode): SyntaxNode | null {
  const body = node.parent;
  return body?.name === "FunctionCallBody" ? body.parent : null;
}
