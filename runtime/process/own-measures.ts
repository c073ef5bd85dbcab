import { Counter, Gauge } from "prom-client";
import { registry } from "./metrics.ts";

/** Measures of the service's own: the series that its description names under `measures`. They have no labels, so their number is bounded. */
export interface OwnMeasures {
  /** Makes a counter, which begins at 0 so that it is there before the first event; what it gives counts. */
  counter(metric: string, meaning: string): (by?: number) => void;
  /** Makes a gauge that is read whenever Prometheus asks; a failure to read it leaves it out of that answer. */
  gauge(metric: string, meaning: string, read: () => number | Promise<number>): void;
}

export const ownMeasures: OwnMeasures = {
  counter(metric, meaning) {
    const counter = new Counter({ name: metric, help: meaning, registers: [registry] });
    return (by = 1) => counter.inc(by);
  },
  gauge(metric, meaning, read) {
    new Gauge({
      name: metric,
      help: meaning,
      registers: [registry],
      async collect() {
        try {
          this.set(await read());
        } catch {
          this.remove(); // no figure is better than an old one
        }
      },
    });
  },
};
