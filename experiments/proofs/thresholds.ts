import { LEDGER } from "../cluster/ledger.ts";
import { FIGURE } from "../run/standard-figures.ts";
import type { Threshold } from "../words.ts";

export const atMost = (figure: string, limit: number, unit: string, why: string): Threshold => ({
  figure,
  holds: "at most",
  limit,
  unit,
  why,
});

export const atLeast = (figure: string, limit: number, unit: string, why: string): Threshold => ({
  figure,
  holds: "at least",
  limit,
  unit,
  why,
});

/** Every write that was acknowledged is found, and done once. */
export const eachOnce: readonly Threshold[] = [
  atMost(LEDGER.lost, 0, "writes", "what was acknowledged is kept"),
  atMost(LEDGER.twice, 0, "writes", "an event that comes again changes nothing"),
];

/** Nothing fails. */
export const noFailure: Threshold = atMost(FIGURE.failed, 0, "requests", "what users are promised of planned work");
