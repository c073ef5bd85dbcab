import { percentile } from "../measure.ts";
import type { Row } from "../load/row.ts";

/** What happened to the requests that were due in each second of a load, for charts: columns of equal length. */
export interface Seconds {
  readonly at: readonly number[];
  readonly answered: readonly number[];
  readonly failed: readonly number[];
  /** Milliseconds; null in a second without requests. */
  readonly p50: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
}

/** The log by seconds. */
export function bySecond(rows: readonly Row[]): Seconds {
  const groups = Map.groupBy(rows, ({ at }) => Math.floor(at / 1000));
  const last = Math.max(-1, ...groups.keys());
  const at = Array.from({ length: last + 1 }, (_, second) => second);
  const of = <T>(figure: (group: readonly Row[]) => T) => at.map((second) => figure(groups.get(second) ?? []));
  const times = (percent: number) =>
    of((group) => {
      const sorted = group.map(({ ms }) => ms).toSorted((a, b) => a - b);
      return sorted.length === 0 ? null : Math.round(percentile(sorted, percent) * 10) / 10;
    });
  return {
    at,
    answered: of((group) => group.filter(({ outcome }) => outcome === "ok").length),
    failed: of((group) => group.filter(({ outcome }) => outcome !== "ok").length),
    p50: times(50),
    p99: times(99),
  };
}

/** How many requests ended how. */
export function byOutcome(rows: readonly Row[]): Record<string, number> {
  const groups = [...Map.groupBy(rows, ({ outcome }) => outcome)].map(([outcome, of]) => [outcome, of.length] as const);
  return Object.fromEntries(groups.toSorted(([a], [b]) => a.localeCompare(b)));
}
