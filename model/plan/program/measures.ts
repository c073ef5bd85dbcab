import { parseDuration } from "../../quantity.ts";
import type { Measure } from "../../words/measure.ts";
import type { AnyPart } from "../../words/service.ts";

/** A measure of a service's own, with its alert in seconds. */
export interface MeasurePlan {
  /** Also the name of its alert. */
  readonly name: string;
  readonly metric: string;
  readonly kind: Measure["kind"];
  readonly meaning: string;
  readonly alert: {
    readonly severity: "page" | "ticket";
    readonly trouble: "above" | "below";
    readonly limit: number;
    readonly seconds: number;
    readonly impact: string;
    readonly fix: readonly string[];
  } | null;
}

/** The measures of one service, in the order of the description. */
export function planMeasures({ measures = {} }: Pick<AnyPart, "measures">): MeasurePlan[] {
  return Object.entries(measures).map(([name, { metric, kind, meaning, alert }]) => ({
    name,
    metric,
    kind,
    meaning,
    alert: alert ? planAlert(alert) : null,
  }));
}

function planAlert({ severity, limit, lasting, impact, fix }: NonNullable<Measure["alert"]>): MeasurePlan["alert"] {
  const [trouble, value] = "above" in limit ? (["above", limit.above] as const) : (["below", limit.below] as const);
  return { severity, trouble, limit: value, seconds: (parseDuration(lasting) ?? 0) / 1000, impact, fix };
}
