import { figuresOf } from "../measure.ts";
import type { Row } from "../load/row.ts";
import type { Mark } from "./scene.ts";

/** Names of the figures that every run has. */
export const FIGURE = {
  requests: "requests",
  failed: "failed requests",
  availability: "availability",
  steadyP99: "p99 in the steady state",
  p99: "p99 from the act on",
  longest: "longest answer",
  actP99: "p99 during the act",
  recoveredFailed: "failed after the act",
} as const;

interface Of {
  readonly rows: readonly Row[];
  readonly steadyMs: number;
  readonly endedMs: number;
  readonly marks: readonly Mark[];
}

/** What can be counted from the log alone. A span without requests has no figure. */
export function standardFigures({ rows, steadyMs, endedMs }: Of): Map<string, number> {
  const whole = figuresOf(rows);
  const steady = figuresOf(rows, steadyMs / 2, steadyMs); // from when it is judged
  const since = figuresOf(rows, steadyMs);
  const during = figuresOf(rows, steadyMs, endedMs);
  const after = figuresOf(rows, endedMs);
  const found: [name: string, value: number | undefined][] = [
    [FIGURE.requests, whole?.hits],
    [FIGURE.failed, whole?.failed],
    [FIGURE.availability, whole?.availabilityPercent],
    [FIGURE.longest, whole?.longestMs],
    [FIGURE.steadyP99, steady?.p99Ms],
    [FIGURE.p99, since?.p99Ms],
    [FIGURE.actP99, during?.p99Ms],
    [FIGURE.recoveredFailed, after?.failed],
  ];
  return new Map(found.filter((entry): entry is [string, number] => entry[1] !== undefined));
}
