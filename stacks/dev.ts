import type { Output } from "@pulumi/pulumi";
import { LocalPlatform } from "../components/local/platform.ts";
import { System } from "../components/system.ts";
import type { SystemPlan } from "../model/plan.ts";
import { localCluster } from "./local-cluster.ts";
import { preparedImages } from "./prepared-images.ts";
import { watchLocally } from "./watch-locally.ts";
import type { Settings } from "./settings.ts";

/** Runs systems on one cluster that is already there: the embedded one or the user's own. */
export async function dev(plans: readonly SystemPlan[], settings: Settings): Promise<Record<string, Output<string>>> {
  const image = await preparedImages(plans, settings);
  const cluster = localCluster(settings);
  const placed = plans.map((plan) => ({ plan, platform: new LocalPlatform(`${plan.name}-platform`, { plan, cluster, image }) }));
  if (settings.monitoring !== "off") watchLocally(placed.map(({ plan, platform }) => ({ plan, cluster: platform.cluster })), image, settings.monitoring);
  return Object.fromEntries(placed.map(({ plan, platform }) => [plan.name, new System(plan.name, { plan, platform }).url]));
}
