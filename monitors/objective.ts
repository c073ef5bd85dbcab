import { AGE_EDGES, DURATION_EDGES } from "../model/objective-limits.ts";
import { parseDuration } from "../model/quantity.ts";
import type { SystemPlan } from "../model/plan.ts";
import { BURN_WINDOWS } from "./burn-rates.ts";

export type ObjectiveKind = "availability" | "latency" | "freshness";

/** One promise of one service as a number: the share of events that must be good. */
export interface ServiceObjective {
  readonly service: string;
  readonly kind: ObjectiveKind;
  /** 0.999 for "99.9 %". */
  readonly good: number;
  /** Seconds within which an event counts as good; null for availability. */
  readonly within: number | null;
}

/** Every promise of a system, one by one. */
export function serviceObjectives(plan: SystemPlan): ServiceObjective[] {
  return plan.objectives.flatMap(({ service, objective }) => {
    if (objective === null) return [];
    const { availability, latency, freshness } = objective;
    return [
      { service, kind: "availability" as const, good: share(availability), within: null },
      { service, kind: "latency" as const, good: share(latency.percent), within: seconds(latency.within) },
      ...(freshness
        ? [{ service, kind: "freshness" as const, good: share(freshness.percent), within: seconds(freshness.within) }]
        : []),
    ];
  });
}

/**
 * What cannot be watched, one sentence each: an alert that needs more than 100 % errors can never fire, and a limit
 * between two bucket edges cannot be counted.
 */
export function impossibleObjectives(plan: SystemPlan): string[] {
  const fastest = Math.max(...BURN_WINDOWS.map(({ factor }) => factor));
  return serviceObjectives(plan).flatMap(({ service, kind, good, within }) => {
    const place = `${plan.name}/${service}: ${kind} ${percent(good)}`;
    const faults: string[] = [];
    if (fastest * (1 - good) >= 1) {
      faults.push(
        `${place} can never raise its fastest alert: ${fastest} times ${percent(1 - good)} errors is more than all requests. Promise more than ${percent(1 - 1 / fastest)}.`,
      );
    }
    const edges = kind === "freshness" ? AGE_EDGES : DURATION_EDGES;
    if (within !== null && !edges.includes(within)) {
      faults.push(
        `${place} within ${within} s lies between two buckets of the histogram. Use one of ${edges.join(", ")} s.`,
      );
    }
    return faults;
  });
}

const share = (percentage: number) => Number((percentage / 100).toPrecision(12));
const seconds = (text: string) => (parseDuration(text) ?? 0) / 1000;
const percent = (ratio: number) => `${Number((ratio * 100).toPrecision(4))} %`;
