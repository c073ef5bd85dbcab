/** What a service counts of itself, beside what every service counts. */
export interface Measure {
  /** Name of the series on its metrics port, such as "orders_waiting"; that of a counter ends in "_total". */
  readonly metric: string;
  /** A gauge goes up and down, and its largest replica counts; a counter only grows, and all replicas together count, per second. */
  readonly kind: "gauge" | "counter";
  /** One sentence: what the number says. */
  readonly meaning: string;
  /** When somebody hears of it; nobody where it is left out. */
  readonly alert?: MeasureAlert;
}

/** An alert on a measure of a service's own; its name is that of the measure. */
export interface MeasureAlert {
  readonly severity: "page" | "ticket";
  /** Where the trouble begins; the limit itself is none. */
  readonly limit: { readonly above: number } | { readonly below: number };
  /** How long the trouble must last, such as "5m". */
  readonly lasting: string;
  /** What it costs, and what to do, step by step: its runbook. */
  readonly impact: string;
  readonly fix: readonly string[];
}
