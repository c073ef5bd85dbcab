/** `sum by (…) (…)`. */
export function sum(by: readonly string[], expr: string): string {
  return `sum by (${by.join(", ")}) (${expr})`;
}

/** `max by (…) (…)`. */
export function max(by: readonly string[], expr: string): string {
  return `max by (${by.join(", ")}) (${expr})`;
}

/** `min by (…) (…)`. */
export function min(by: readonly string[], expr: string): string {
  return `min by (${by.join(", ")}) (${expr})`;
}
