import type { Matchers, View } from "../promql/selector.ts";
import type { Signal, Unit } from "../signal.ts";

/** One line or figure of a panel. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** What a panel looks like: lines over time, one figure, or states over time. */
export type Look = "lines" | "figure" | "states";

export interface Panel {
  readonly title: string;
  readonly description: string;
  readonly unit: Unit;
  readonly look: Look;
  readonly queries: readonly Query[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A dashboard before any product's format: rows of panels, and marks on the time axis. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** Restricts the values that the variables offer. */
  readonly where: Matchers;
  readonly marks: readonly { readonly name: string; readonly expr: string }[];
  readonly rows: readonly Row[];
}

/** What the person chose above the panels; every query follows it. */
export const CHOSEN: Matchers = ['job=~"$job"', 'instance=~"$instance"'];

/** Series of a panel: those named, among those chosen, over the window that fits the zoom. */
export function look(where: Matchers, ...by: string[]): View {
  return { where: [...where, ...CHOSEN], window: "$__rate_interval", by };
}

/** A panel of signals that share a unit; each is a line with its own legend. */
export function panel(
  title: string,
  view: View,
  lines: readonly (readonly [Signal, string])[],
  as: Look = "lines",
): Panel {
  const first = lines[0]?.[0];
  if (!first) throw new Error(`panel "${title}" shows no signal`);
  return {
    title,
    unit: first.unit,
    look: as,
    description: [...new Set(lines.map(([signal]) => signal.meaning))].join(" "),
    queries: lines.map(([signal, legend]) => ({ expr: signal.expr(view), legend })),
  };
}
