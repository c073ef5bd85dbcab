import type { Timing } from "./timing.ts";

/** One pair of windows: the error ratio must be too high over both, so an old fault and a short blip stay silent. */
export interface BurnWindow {
  readonly severity: "page" | "ticket";
  /** How many times faster than planned the budget may burn. */
  readonly factor: number;
  /** Seconds; the short window is a twelfth and ends the alert soon after the fault. */
  readonly long: number;
  readonly short: number;
  /** Share of a 30-day budget that is gone when the alert fires. */
  readonly budget: number;
}

const HOUR = 3600;

/** Google's SRE workbook, table 5-8. */
export const BURN_WINDOWS: readonly BurnWindow[] = [
  { severity: "page", factor: 14.4, long: HOUR, short: HOUR / 12, budget: 0.02 },
  { severity: "page", factor: 6, long: 6 * HOUR, short: HOUR / 2, budget: 0.05 },
  { severity: "ticket", factor: 3, long: 24 * HOUR, short: 2 * HOUR, budget: 0.1 },
  { severity: "ticket", factor: 1, long: 72 * HOUR, short: 6 * HOUR, budget: 0.1 },
];

/** Events the long window must have seen before a ratio means anything: below, one bad request would wake somebody. */
export const ENOUGH_EVENTS = 200;

/** Watches what is too quiet for ratios: this many bad events in six hours, whatever their share. */
export const QUIET = { window: 6 * HOUR, bad: 10, perSecond: 0.05 } as const;

/** A window in the haste of this timing, never shorter than a rate can be measured. */
export function hasty(timing: Timing, seconds: number): number {
  return Math.max(timing.rate, Math.round(seconds / timing.haste.windows));
}
