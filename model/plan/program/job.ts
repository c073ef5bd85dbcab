import { parseDuration } from "../../quantity.ts";
import type { AnyPart } from "../../words/service.ts";
import { parseSchedule } from "./schedule.ts";

/** When a job runs, how long, and when its silence is trouble. */
export interface JobPlan {
  /** As the description says it. */
  readonly runs: string;
  /** In Kubernetes' words, UTC; null where it runs only when somebody asks. */
  readonly cron: string | null;
  readonly endsWithinSeconds: number;
  readonly overlap: "skip" | "replace" | "allow";
  /** Age of the last good run at which somebody hears of it; null where nobody does. */
  readonly freshWithinSeconds: number | null;
  /** Why nobody hears of it. */
  readonly freshDeclined: string | null;
}

/** The schedule of a job; null for what runs all the time. */
export function planJob({ kind, runs, endsWithin, overlap, freshWithin }: AnyPart): JobPlan | null {
  if (kind !== "job" || runs === undefined) return null;
  const declined = typeof freshWithin === "object" ? freshWithin.declined : null;
  return {
    runs,
    cron: parseSchedule(runs)?.cron ?? null,
    endsWithinSeconds: seconds(endsWithin),
    overlap: overlap ?? "skip",
    freshWithinSeconds: typeof freshWithin === "string" ? seconds(freshWithin) : null,
    freshDeclined: declined,
  };
}

function seconds(text: string | undefined): number {
  return Math.ceil((parseDuration(text ?? "") ?? 0) / 1000);
}
