import { declarations, errorRatios, explanations, indicators } from "../recordings.ts";
import { platformAlerts, systemAlerts } from "../rules.ts";
import type { Scope } from "../scope.ts";
import type { Trial } from "./promtool-files.ts";

/** Every alert of a system and of the cluster under it, ready for promtool. */
export function trialsOf(scope: Scope): Trial[] {
  const { plan, timing } = scope;
  const recordings = [
    ...declarations(scope),
    ...indicators(plan, timing),
    ...errorRatios(plan, timing),
    ...explanations(plan),
  ];
  const ours = { team: plan.owner, system: plan.name };
  const platform = { team: "platform", system: "platform" };
  return [
    ...systemAlerts(scope).map((alert) => ({ alert, timing, origin: ours, recordings })),
    ...platformAlerts(timing).map((alert) => ({ alert, timing, origin: platform, recordings: [] })),
  ];
}
