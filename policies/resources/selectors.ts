/** Label selectors as Kubernetes evaluates them. */

import { own } from "../../model/harmless/own.ts";
import type { Selector } from "./kubernetes.ts";

export type Labels = Readonly<Record<string, string>>;

/** True when a selector matches labels; an empty selector matches everything, a missing one nothing. */
export function selects(selector: Selector | undefined | null, labels: Labels | undefined): boolean {
  if (!selector) return false;
  return (
    includes(labels, selector.matchLabels ?? {}) &&
    (selector.matchExpressions ?? []).every((expression) => holds(expression, labels ?? {}))
  );
}

/** True when all wanted labels are among the labels, as Services select. */
export function includes(labels: Labels | undefined, wanted: Labels): boolean {
  return Object.keys(wanted).every((key) => {
    const label = own(labels ?? {}, key);
    return label !== undefined && String(label) === String(wanted[key]);
  });
}

type Expression = NonNullable<Selector["matchExpressions"]>[number];

function holds({ key, operator, values = [] }: Expression, labels: Labels): boolean {
  const value = own(labels, key);
  if (operator === "Exists") return value !== undefined;
  if (operator === "DoesNotExist") return value === undefined;
  if (operator === "In") return value !== undefined && values.includes(String(value));
  return operator === "NotIn" && (value === undefined || !values.includes(String(value)));
}

/** A selector in one line for findings. */
export function describe(selector: Selector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const expressions = (selector?.matchExpressions ?? []).map(
    ({ key, operator, values }) => `${key} ${operator}${values ? ` (${values.join(", ")})` : ""}`,
  );
  return [...labels, ...expressions].join(", ") || "everything";
}
