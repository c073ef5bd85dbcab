import { DEFAULTS } from "../../defaults.ts";
import { parseDuration } from "../../quantity.ts";
import { STAGE, type Stage } from "../../stage.ts";
import type { AnyPart } from "../../words/service.ts";

/** How one version gives way to the next. Times in seconds. */
export interface RolloutPlan {
  readonly maxSurge: number;
  readonly minReadySeconds: number;
  readonly preStopSeconds: number;
  /** Longest time from the stop signal until the program has ended its work. */
  readonly drainSeconds: number;
  readonly graceSeconds: number;
  readonly deadlineSeconds: number;
  readonly historyLimit: number;
}

/** The rollout of one part: who starts or stops slowly gets the time it says, and at least as long as somebody may wait for its answer. */
export function planRollout(part: Pick<AnyPart, "needs">, stage: Stage, waitedMs: number): RolloutPlan {
  const { maxSurge, minReadySeconds, preStopSeconds, drainSeconds, graceSeconds, startMarginSeconds, historyLimit } =
    DEFAULTS.rollout;
  const drain = planDrainSeconds(part, waitedMs);
  return {
    maxSurge: maxSurge.value,
    minReadySeconds: minReadySeconds.value,
    preStopSeconds: preStopSeconds.value,
    drainSeconds: drain,
    graceSeconds: graceSeconds.value - drainSeconds.value + drain,
    historyLimit: historyLimit.value,
    deadlineSeconds: Math.max(
      STAGE[stage].rolloutSeconds,
      (seconds(part.needs?.startsWithin) ?? 0) + startMarginSeconds.value,
    ),
  };
}

/** Seconds from the stop signal until a part has ended its work. */
export function planDrainSeconds({ needs }: Pick<AnyPart, "needs">, waitedMs: number): number {
  return seconds(needs?.stopsWithin) ?? Math.max(DEFAULTS.rollout.drainSeconds.value, Math.ceil(waitedMs / 1000));
}

function seconds(text: string | undefined): number | undefined {
  const milliseconds = parseDuration(text ?? "");
  return milliseconds === undefined ? undefined : Math.ceil(milliseconds / 1000);
}
