import { max } from "../promql/aggregate.ts";
import { duration } from "../promql/duration.ts";
import { select, type View } from "../promql/selector.ts";
import type { GuardCase, InputSeries } from "../proof.ts";
import type { RECORDED } from "../recorded.ts";

/** How long something new may take until it first answers; a first deployment is no outage. */
export const FIRST_START_SECONDS = 600;

/**
 * Holds for what answered within the last minutes, and for what was declared long enough ago to answer by now. Without it
 * every first deployment would wake somebody; with it, what never starts is still noticed.
 */
export function knownBefore(
  measure: string,
  declared: (typeof RECORDED)["declared" | "store"],
  { where, by }: View,
): string {
  const recent = `max_over_time((${measure})[${duration(FIRST_START_SECONDS)}:])`;
  const overdue = max(by, `${select(declared, where)} offset ${duration(FIRST_START_SECONDS)}`);
  return `(${recent} > 0 or on (${by.join(", ")}) ${overdue})`;
}

/** Four good samples, then `value` for good: something that was well and broke. */
export function broke(series: string, value: number): InputSeries {
  return { series, values: `1+0x3 ${value}+0x800` };
}

/** Samples until `broke` breaks. */
export const SAMPLES_BEFORE = 4;

/** What `knownBefore` must hold back and let through: a first start that takes its time, and one that never ends. */
export function startGuards(never: string, starting: string, labels: Readonly<Record<string, string>>): GuardCase[] {
  return [
    { title: never, series: [], after: FIRST_START_SECONDS + 60, fires: labels },
    { title: starting, series: [], after: FIRST_START_SECONDS - 60, fires: null },
  ];
}
