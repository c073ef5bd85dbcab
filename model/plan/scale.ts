import { DEFAULTS } from "../defaults.ts";
import { STAGE, type Stage } from "../stage.ts";
import type { Service } from "../system.ts";

/** How many replicas of a service run; the same number twice where nothing may be added. */
export interface ScalePlan {
  readonly min: number;
  readonly max: number;
  /** CPU use of the replicas at which one is added. */
  readonly cpuPercent: number;
  readonly scaleDownSeconds: number;
}

/** Most replicas that may ever run side by side: one where the service keeps a volume, which one pod alone may write. */
export function mostReplicas({ scale, owns }: Service): number {
  return owns?.volume ? 1 : (scale?.max ?? DEFAULTS.scale.max.value);
}

/** The replicas of one service on a stage. */
export function planScale(service: Service, stage: Stage): ScalePlan {
  const max = mostReplicas(service);
  return {
    min: Math.min(max, STAGE[stage].minReplicas[service.tier]),
    max,
    cpuPercent: service.scale?.cpuPercent ?? DEFAULTS.scale.cpuPercent.value,
    scaleDownSeconds: DEFAULTS.scale.scaleDownSeconds.value,
  };
}
