import { DEFAULTS } from "../../defaults.ts";
import { STAGE, type Stage } from "../../stage.ts";
import type { AnyPart } from "../../words/service.ts";

/** How many replicas of a service run; the same number twice where nothing may be added. */
export interface ScalePlan {
  readonly min: number;
  readonly max: number;
  /** CPU use of the replicas at which one is added. */
  readonly cpuPercent: number;
  /** The same use as Kubernetes counts it: in percent of what is set aside for a replica. */
  readonly percentOfRequest: number;
  readonly scaleDownSeconds: number;
}

/** Most replicas that may ever run side by side: one where the description says so, or a folder has one writer. */
export function mostReplicas({ kind, scale = {}, folder }: AnyPart): number {
  if (kind === "job" || folder !== undefined || "one" in scale) return 1;
  return scale.max ?? DEFAULTS.scale.max.value;
}

/** The replicas of one service on a stage. */
export function planScale(part: AnyPart, stage: Stage): ScalePlan {
  const max = mostReplicas(part);
  const written = part.scale && "cpuPercent" in part.scale ? part.scale.cpuPercent : undefined;
  const cpuPercent = written ?? DEFAULTS.scale.cpuPercent.value;
  const { minReplicas, cpuLoadShare, cpuRequestShare } = STAGE[stage];
  return {
    min: Math.min(max, minReplicas[part.tier]),
    max,
    cpuPercent,
    percentOfRequest: Math.round((cpuPercent * cpuLoadShare) / cpuRequestShare),
    scaleDownSeconds: DEFAULTS.scale.scaleDownSeconds.value,
  };
}
