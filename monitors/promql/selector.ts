import { METRICS, type MetricKey } from "../metrics.ts";

/** Label matchers of one selector, written as PromQL writes them: `namespace="shop"`. */
export type Matchers = readonly string[];

/** From which series, over which window and grouped by what a signal is read: the same signal serves rules and panels. */
export interface View {
  readonly where: Matchers;
  readonly window: string;
  readonly by: readonly string[];
}

/** One instant selector: `up{namespace="shop"}`. */
export function series(metric: MetricKey, where: Matchers, ...more: string[]): string {
  return select(METRICS[metric].name, [...where, ...more]);
}

/** A selector of a recorded series, or of a histogram's `_bucket` and `_count`. */
export function select(name: string, where: Matchers): string {
  return where.length === 0 ? name : `${name}{${where.join(",")}}`;
}

/** The same matchers for series that carry no service: Deployments, claims and budgets are not named after one. */
export function ofAnyService(where: Matchers): Matchers {
  return where.filter((matcher) => !matcher.startsWith("service"));
}
