import { type Figures, figuresOf } from "../measure.ts";
import type { GeneratorState } from "../load/plan.ts";
import type { Row } from "../load/row.ts";
import type { Threshold, Verdict } from "../words.ts";

/** A threshold and what was measured; null where nothing was. */
export interface Judged extends Threshold {
  readonly measured: number | null;
  readonly kept: boolean;
}

/** What a verdict needs to know of one run. */
export interface Measured {
  readonly rows: readonly Row[];
  /** When the steady state ended and the act began; ms. */
  readonly steadyMs: number;
  readonly perSecond: number;
  readonly generator: GeneratorState;
  readonly figures: ReadonlyMap<string, number>;
  readonly thresholds: readonly Threshold[];
}

/** What has to hold of a load, or nothing that it shows can be trusted. */
export interface Trust {
  /** Slowest of a hundred answers before anything is broken. */
  readonly p99Ms: number;
  /** Share of one processor that the generator may use. */
  readonly cpuShare: number;
  /** Ninety-nine of a hundred requests are sent at most so late. */
  readonly lateMs: number;
  /** Share of the planned requests that has to have been sent. */
  readonly sentShare: number;
}

/** What holds of every experiment. */
export const STEADY: Trust = { p99Ms: 150, cpuShare: 0.3, lateMs: 50, sentShare: 0.98 };

/** Thresholds with what was measured. */
export function judge({ thresholds, figures }: Pick<Measured, "thresholds" | "figures">): Judged[] {
  return thresholds.map((threshold) => {
    const measured = figures.get(threshold.figure) ?? null;
    const { holds, limit } = threshold;
    const kept = measured !== null && (holds === "at most" ? measured <= limit : measured >= limit);
    return { ...threshold, measured, kept };
  });
}

/** Why a run shows nothing; empty where it does. */
export function objections(measured: Measured, trust = STEADY): string[] {
  const { rows, steadyMs, generator, figures, thresholds } = measured;
  const before = rows.filter(({ at, ms }) => at + ms <= steadyMs); // what is under way at the act may meet it
  const late = rows.map((row) => row.late).toSorted((a, b) => a - b);
  const latest = late[Math.ceil(late.length * 0.99) - 1] ?? 0;
  const cpuShare = generator.cpuSeconds / Math.max(generator.elapsedSeconds, 0.001);
  const unmeasured = thresholds.filter(({ figure }) => !figures.has(figure)).map(({ figure }) => figure);
  return [
    ...unsteady(figuresOf(before), figuresOf(before, steadyMs / 2), trust),
    ...(generator.sent < trust.sentShare * generator.due
      ? [`the load never reached its target: ${generator.sent} of ${generator.due} requests were sent`]
      : []),
    ...(latest > trust.lateMs
      ? [
          `the generator was too busy: one of a hundred requests was sent ${Math.round(latest)} ms late, allowed ${trust.lateMs} ms`,
        ]
      : []),
    ...(cpuShare > trust.cpuShare
      ? [
          `the generator was too busy: it used ${Math.round(100 * cpuShare)} % of a processor, allowed ${100 * trust.cpuShare} %`,
        ]
      : []),
    ...(unmeasured.length > 0 ? [`not measured: ${unmeasured.join(", ")}`] : []),
  ];
}

/** Failures count from the first request; times from the second half on, when programs that were idle are warm. */
function unsteady(all: Figures | null, warm: Figures | null, { p99Ms }: Trust): string[] {
  const name = "the steady state was not reached";
  if (all === null || warm === null) return [`${name}: no request was answered before the act`];
  if (all.failed > 0) return [`${name}: ${all.failed} of ${all.hits} requests failed before anything was broken`];
  const p99 = Math.round(warm.p99Ms);
  return warm.p99Ms > p99Ms ? [`${name}: p99 was ${p99} ms before anything was broken, allowed ${p99Ms} ms`] : [];
}

/** A run that shows nothing never passes; one with a missed threshold fails only if it shows something. */
export function verdictOf(judged: readonly Judged[], invalid: readonly string[]): Verdict {
  const missed = judged.some(({ kept, measured }) => !kept && measured !== null);
  if (invalid.length > 0) return "invalid";
  return missed ? "fail" : "pass";
}
