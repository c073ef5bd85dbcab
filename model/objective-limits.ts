/** What an objective may promise so that it can be measured and its alerts can fire. `monitors/` tests that all three are true. */

/**
 * Least share of good events, in percent. The fastest alert asks for 14.4 times the allowed errors; with 6.94 % allowed
 * that is every request, and with more the alert could never fire.
 */
export const LEAST_GOOD_PERCENT = 93.1;

/** Edges of the histograms of durations, in seconds: a limit between two edges cannot be counted. */
export const DURATION_EDGES: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.61, 0.7, 1, 2.5, 5];

/** The same for the age of events. */
export const AGE_EDGES: readonly number[] = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];
