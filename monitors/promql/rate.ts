import { METRICS, type MetricKey } from "../metrics.ts";
import { sum } from "./aggregate.ts";
import { select, type View } from "./selector.ts";

/** Per-second increase of a counter, summed. */
export function rate(metric: MetricKey, view: View, ...more: string[]): string {
  return rateOf(METRICS[metric].name, view, ...more);
}

/** The same of a counter of a program's own, by its name. */
export function rateOf(name: string, { where, window, by }: View, ...more: string[]): string {
  return sum(by, `rate(${select(name, [...where, ...more])}[${window}])`);
}

/** Quantile of a histogram in its own unit. */
export function quantile(q: number, metric: MetricKey, view: View): string {
  return quantileOf(q, METRICS[metric].name, view);
}

/** The same of a histogram of a program's own, by its name. */
export function quantileOf(q: number, name: string, view: View): string {
  return `histogram_quantile(${q}, ${rateOf(`${name}_bucket`, { ...view, by: [...view.by, "le"] })})`;
}

/** Observations of a histogram per second; with `upTo`, only those at or below that bucket edge (base unit). */
export function observations(metric: MetricKey, view: View, upTo?: number): string {
  return observationsOf(METRICS[metric].name, view, upTo);
}

/** The same of a histogram of a program's own, by its name. */
export function observationsOf(name: string, view: View, upTo?: number): string {
  return upTo === undefined ? rateOf(`${name}_count`, view) : rateOf(`${name}_bucket`, view, bucketEdge(upTo));
}

/** Prometheus 3 writes whole edges as "10.0", older ones as the service does: "10". */
const bucketEdge = (edge: number) => (Number.isInteger(edge) ? `le=~"${edge}|${edge}.0"` : `le="${edge}"`);

/** Seconds per second that a histogram of durations has seen: the share of time spent. */
export function timeSpent(metric: MetricKey, view: View): string {
  return rateOf(`${METRICS[metric].name}_sum`, view);
}
