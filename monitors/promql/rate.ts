import { METRICS, type MetricKey } from "../metrics.ts";
import { sum } from "./aggregate.ts";
import { select, series, type View } from "./selector.ts";

/** Per-second increase of a counter, summed. */
export function rate(metric: MetricKey, { where, window, by }: View, ...more: string[]): string {
  return sum(by, `rate(${series(metric, where, ...more)}[${window}])`);
}

/** Quantile of a histogram in its own unit. */
export function quantile(q: number, metric: MetricKey, { where, window, by }: View): string {
  const buckets = select(`${METRICS[metric].name}_bucket`, where);
  return `histogram_quantile(${q}, ${sum([...by, "le"], `rate(${buckets}[${window}])`)})`;
}

/** Observations of a histogram per second; with `upTo`, only those at or below that bucket edge (base unit). */
export function observations(metric: MetricKey, { where, window, by }: View, upTo?: number): string {
  const { name } = METRICS[metric];
  const chosen =
    upTo === undefined ? select(`${name}_count`, where) : select(`${name}_bucket`, [...where, bucketEdge(upTo)]);
  return sum(by, `rate(${chosen}[${window}])`);
}

/** Prometheus 3 writes whole edges as "10.0", older ones as the service does: "10". */
const bucketEdge = (edge: number) => (Number.isInteger(edge) ? `le=~"${edge}|${edge}.0"` : `le="${edge}"`);

/** Seconds per second that a histogram of durations has seen: the share of time spent. */
export function timeSpent(metric: MetricKey, { where, window, by }: View): string {
  return sum(by, `rate(${select(`${METRICS[metric].name}_sum`, where)}[${window}])`);
}
