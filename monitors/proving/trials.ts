import type { SystemPlan } from "../../model/plan.ts";
import { declarations, errorRatios, indicators } from "../recordings.ts";
import { platformAlerts, systemAlerts } from "../rules.ts";
import type { Timing } from "../timing.ts";
import type { Trial } from "./promtool-files.ts";

/** Every alert of a system and of the cluster under it, ready for promtool. */
export function trialsOf(plan: SystemPlan, timing: Timing): Trial[] {
  const recordings = [...declarations(plan), ...indicators(plan, timing), ...errorRatios(plan, timing)];
  const ours = { team: plan.owner, system: plan.name };
  const platform = { team: "platform", system: "platform" };
  return [
    ...systemAlerts({ plan, timing }).map((alert) => ({ alert, timing, origin: ours, recordings })),
    ...platformAlerts(timing).map((alert) => ({ alert, timing, origin: platform, recordings: [] })),
  ];
}
