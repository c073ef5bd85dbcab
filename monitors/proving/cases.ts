import type { Alert } from "../alert.ts";
import type { InputSeries } from "../proof.ts";
import { patience, type Timing } from "../timing.ts";

/** One promtool case: these series, looked at after so many seconds, raise this alert or none. */
export interface Case {
  readonly title: string;
  readonly series: readonly InputSeries[];
  readonly after: number;
  readonly fires: Readonly<Record<string, string>> | null;
  /** What the case proves; a mutation of exactly that must make it fail. */
  readonly proves: "firing" | "silence" | "patience" | "limit" | "guard";
}

/** A little beside the limit, in percent of it. */
const BESIDE = 0.01;

/** At least one firing, one silent and one boundary case of an alert, and what its guards hold back. */
export function casesOf(alert: Alert, timing: Timing): Case[] {
  if (alert.severity === "none")
    return [
      { title: "always fires", series: [], after: timing.evaluation, fires: alert.proof.labels, proves: "firing" },
    ];
  const { proof, limit, trouble } = alert;
  const towards = trouble === "above" ? 1 : -1;
  const firing = proof.firing ?? limit + towards * Math.abs(limit) * BESIDE;
  const silent = proof.silent ?? limit - towards * Math.abs(limit) * BESIDE;
  const at = (value: number) => proof.series(value, timing.scrape);
  const due = roundUp(proof.settles + patience(timing, alert.patience), timing.evaluation);
  return [
    { title: "fires beyond its limit", series: at(firing), after: due, fires: proof.labels, proves: "firing" },
    { title: "is silent before its limit", series: at(silent), after: due, fires: null, proves: "silence" },
    ...(alert.patience > 0
      ? [
          {
            title: "is silent until its patience ends",
            series: at(firing),
            after: due - timing.evaluation,
            fires: null,
            proves: "patience" as const,
          },
        ]
      : []),
    ...(proof.settles === 0 && proof.firing === undefined
      ? [{ title: "is silent at its limit", series: at(limit), after: due, fires: null, proves: "limit" as const }]
      : []),
    ...(alert.guards ?? []).map((guard) => ({ ...guard, proves: "guard" as const })),
  ];
}

const roundUp = (seconds: number, step: number) => Math.ceil(seconds / step) * step;
