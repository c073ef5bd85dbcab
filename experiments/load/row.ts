/** What became of one request. */
export const OUTCOMES = [
  "ok",
  "refused",
  "reset",
  "timeout",
  "limited",
  "client error",
  "server error",
  "wrong answer",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One request of a load, as it is logged. Times are milliseconds since the load began. */
export interface Row {
  /** When it was to be sent. Latency counts from here, so that a generator or a system that stalls hides no waiting. */
  readonly at: number;
  /** From then until its answer was complete, or given up. */
  readonly ms: number;
  /** How much later than planned it was really sent. */
  readonly late: number;
  /** Which request of the load it was. */
  readonly request: number;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  readonly outcome: Outcome;
  readonly bytes: number;
  /** Which pod answered, where pods say so. */
  readonly pod: string;
  /** What the answer named, of an acknowledged write. */
  readonly key: string;
}

const COLUMNS = ["at", "ms", "late", "request", "status", "outcome", "bytes", "pod", "key"] as const;

/** The log as text: a heading, then one request a line, with tabs between. */
export function rowsAsText(rows: readonly Row[]): string {
  const shown = (value: string | number) =>
    typeof value === "number" ? String(Math.round(value * 1000) / 1000) : value.replaceAll(/[\t\n\r]/g, " ");
  return `${[COLUMNS.join("\t"), ...rows.map((row) => COLUMNS.map((column) => shown(row[column])).join("\t"))].join("\n")}\n`;
}
