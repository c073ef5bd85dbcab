import type { Runbook } from "../../alert.ts";
import { duration } from "../../promql/duration.ts";
import type { View } from "../../promql/selector.ts";
import type { Timing } from "../../timing.ts";
import { LOOK_AT_MONITORING } from "../look.ts";
import { bookWith } from "../outline.ts";

/** Labels of the alerts about one Prometheus. */
export const LABELS = { instance: "10.0.0.2:9090" };

/** All parts of the monitoring, each for itself. */
export const monitoringView = (timing: Timing): View => ({
  where: [],
  window: duration(timing.rate),
  by: ["instance"],
});

/** A series that Prometheus tells of itself. */
export const of = (metric: string, labels: Record<string, string> = {}): string =>
  `${metric}{${Object.entries({ job: "prometheus", ...LABELS, ...labels })
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;

/** A runbook that first looks at the monitoring. */
export const monitoringBook: (symptom: string, impact: string, fix: readonly string[]) => Runbook =
  bookWith(LOOK_AT_MONITORING);
