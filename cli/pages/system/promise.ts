import type { ObjectivePlan } from "../../../model/plan.ts";

/** What a part promises, or why it promises nothing. */
export function promise({ objective, freshness, declined }: ObjectivePlan): string {
  if (freshness) return `${freshness.percent} % of work within ${freshness.within}`;
  if (!objective) return `declined: ${declined}`;
  const { availability, latency } = objective;
  const answers = `${availability} %, ${latency.percent} % within ${latency.within}`;
  const events = objective.freshness;
  return events ? `${answers}, ${events.percent} % of events within ${events.within}` : answers;
}

/** Who counts it. */
export function counter({ measured }: ObjectivePlan): string {
  if (measured === null) return "nobody";
  if (measured.by === "kit") return "the kit";
  return measured.by === "gateway" ? "the entry" : `\`${measured.seconds}\`, good with \`${measured.good}\``;
}
