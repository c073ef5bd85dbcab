import type { ObjectivePlan } from "../../model/plan.ts";

/** What a service promises, or why it promises nothing. */
export function promise({ objective, declined }: ObjectivePlan): string {
  if (!objective) return `declined: ${declined}`;
  const { availability, latency, freshness } = objective;
  const answers = `${availability} %, ${latency.percent} % within ${latency.within}`;
  return freshness ? `${answers}, ${freshness.percent} % of events within ${freshness.within}` : answers;
}
