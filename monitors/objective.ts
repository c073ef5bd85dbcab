import { AGE_EDGES, DURATION_EDGES } from "../model/objective-limits.ts";
import { parseDuration } from "../model/quantity.ts";
import type { SystemPlan } from "../model/plan.ts";
import type { Objective } from "../model/words/promise.ts";
import { BURN_WINDOWS } from "./burn-rates.ts";
import { type Counting, countingOf } from "./counting.ts";
import { onKit } from "./programs.ts";

export type ObjectiveKind = "availability" | "latency" | "freshness";

/** One promise of one service as a number: the share of events that must be good. */
export interface ServiceObjective {
  readonly service: string;
  readonly kind: ObjectiveKind;
  /** 0.999 for "99.9 %". */
  readonly good: number;
  /** Seconds within which an event counts as good; null for availability. */
  readonly within: number | null;
  /** Who counts. */
  readonly counting: Counting;
}

/** Every promise of a system that somebody counts, one by one. The age of events is counted by the kit alone. */
export function serviceObjectives(plan: SystemPlan): ServiceObjective[] {
  return plan.objectives.flatMap(({ service, objective, freshness: ofWorker }) => {
    const counting = countingOf(plan, service);
    if (counting === null) return [];
    const freshness = onKit(plan).some(({ name }) => name === service) ? (objective?.freshness ?? ofWorker) : null;
    const of = { service, counting };
    return [
      ...(objective ? requestObjectives(of, objective) : []),
      ...(freshness
        ? [{ ...of, kind: "freshness" as const, good: share(freshness.percent), within: seconds(freshness.within) }]
        : []),
    ];
  });
}

function requestObjectives(
  of: Pick<ServiceObjective, "service" | "counting">,
  { availability, latency }: Objective,
): ServiceObjective[] {
  return [
    { ...of, kind: "availability", good: share(availability), within: null },
    { ...of, kind: "latency", good: share(latency.percent), within: seconds(latency.within) },
  ];
}

/**
 * What cannot be watched, one sentence each: an alert that needs more than 100 % errors can never fire, and a limit
 * between two bucket edges cannot be counted.
 */
export function impossibleObjectives(plan: SystemPlan): string[] {
  const fastest = Math.max(...BURN_WINDOWS.map(({ factor }) => factor));
  return serviceObjectives(plan).flatMap(({ service, kind, good, within, counting }) => {
    const place = `${plan.name}/${service}: ${kind} ${percent(good)}`;
    const faults: string[] = [];
    if (fastest * (1 - good) >= 1) {
      faults.push(
        `${place} can never raise its fastest alert: ${fastest} times ${percent(1 - good)} errors is more than all requests. Promise more than ${percent(1 - 1 / fastest)}.`,
      );
    }
    const edges = kind === "freshness" ? AGE_EDGES : DURATION_EDGES;
    // The edges of a program's own histogram are its own affair; the gateway has those of the kit.
    if (within !== null && counting.by !== "program" && !edges.includes(within)) {
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
