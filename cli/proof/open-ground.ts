import type { Ground } from "../../experiments/ground.ts";
import { planSystem } from "../../model/plan.ts";
import { findSystem } from "../project/find-system.ts";
import { entryUrl } from "../running/entry-url.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { openClusterApi } from "./cluster-api.ts";
import { nodeAccess } from "./node-access.ts";
import { trafficOf } from "./traffic-of.ts";

/** A running system with everything that experiments need to reach it, and the end of that. */
export async function openGround(
  settings: StackSettings,
  system: string,
): Promise<{ readonly ground: Ground; readonly close: () => void }> {
  const plan = planSystem(findSystem(system), settings.stage);
  const traffic = await trafficOf(plan);
  const api = await openClusterApi(settings);
  try {
    const entry = plan.entry === null ? "" : await entryUrl(settings, system);
    const watched = settings.monitoring !== "off";
    return {
      ground: { plan, traffic, entry, api: api.ask, node: nodeAccess(settings), watched },
      close: api.stop,
    };
  } catch (error) {
    api.stop();
    throw error;
  }
}
