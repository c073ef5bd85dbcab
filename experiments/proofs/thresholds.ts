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

/** Nothing fails. */
export const noFailure: Threshold = atMost(FIGURE.failed, 0, "requests", "what users are promised of planned work");
