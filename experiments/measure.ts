import type { Row } from "./load/row.ts";

/** The twelve lines that siege prints, counted from the log, and percentiles besides. Times in milliseconds, if not said otherwise. */
export interface Figures {
  readonly hits: number;
  readonly availabilityPercent: number;
  readonly elapsedSeconds: number;
  readonly megabytes: number;
  readonly meanMs: number;
  readonly perSecond: number;
  readonly megabytesPerSecond: number;
  /** Requests under way at the same time, on average. */
  readonly concurrency: number;
  readonly ok: number;
  readonly failed: number;
  readonly longestMs: number;
  readonly shortestMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** Figures of the requests that were due in a span of the load, in ms. An empty span has none: nothing measured is no zero. */
export function figuresOf(rows: readonly Row[], from = 0, to = Number.POSITIVE_INFINITY): Figures | null {
  const within = rows.filter(({ at }) => at >= from && at < to);
  if (within.length === 0) return null;
  const times = within.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const sum = times.reduce((total, ms) => total + ms, 0);
  const ok = within.filter(({ outcome }) => outcome === "ok").length;
  const begin = Math.min(...within.map(({ at }) => at));
  const end = Math.max(...within.map(({ at, ms }) => at + ms));
  const elapsedSeconds = Math.max((end - begin) / 1000, 0.001);
  const megabytes = within.reduce((total, { bytes }) => total + bytes, 0) / 1e6;
  return {
    hits: within.length,
    availabilityPercent: (100 * ok) / within.length,
    elapsedSeconds,
    megabytes,
    meanMs: sum / within.length,
    perSecond: within.length / elapsedSeconds,
    megabytesPerSecond: megabytes / elapsedSeconds,
    concurrency: sum / 1000 / elapsedSeconds,
    ok,
    failed: within.length - ok,
    longestMs: times.at(-1) ?? 0,
    shortestMs: times[0] ?? 0,
    p50Ms: percentile(times, 50),
    p95Ms: percentile(times, 95),
    p99Ms: percentile(times, 99),
  };
}

/** The smallest of the sorted values that at least so many percent do not exceed. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

/** With no failure among so many requests, the share that fails is below this, in percent, 95 times of 100 (the rule of three). */
export function boundPercent(requests: number): number {
  return requests === 0 ? 100 : Math.min(100, (3 / requests) * 100);
}
