import type { View } from "./promql/selector.ts";

/** Units a panel can show; the words are Grafana's. */
export type Unit =
  | "reqps"
  | "percentunit"
  | "s"
  | "ms"
  | "bytes"
  | "short"
  | "cores"
  | "ops"
  | "none"
  | "Bps"
  | "dateTimeAsIso"
  | "bool_on_off";

/** Something worth knowing about a running system, defined once: rule, alert, panel and runbook read the same expression. */
export interface Signal {
  readonly title: string;
  /** What it says to somebody who has never seen it. */
  readonly meaning: string;
  readonly unit: Unit;
  expr(view: View): string;
}

/** Identity; keeps the names of a group of signals while checking their shape. */
export function signals<const Name extends string>(group: Record<Name, Signal>): Record<Name, Signal> {
  return group;
}
