import { runtime } from "@pulumi/pulumi";
import { connectTraces } from "../components/traces.ts";
import { AwsPlatform } from "../components/aws/platform.ts";
import type { SystemPlan } from "../model/plan.ts";
import { existingAddresses } from "./existing-addresses.ts";
import { imageSources } from "./images/image-sources.ts";
import { runSystems } from "./run-systems.ts";
import type { Settings } from "./settings.ts";
import { withIssuerOfSettings } from "./sign-in/issuer-settings.ts";
import { shareOnAws } from "./share-on-aws.ts";
import { watchOnAws, WATCHING } from "./watch-on-aws.ts";

/** The engine with stand-ins says that nothing is asked of AWS and nothing built. */
const PLAN_ONLY = process.env["SLIPWAY_PLAN_ONLY"] === "true";

/** Runs systems on AWS: what they share first, then each on its own. */
export async function prod(
  planned: readonly SystemPlan[],
  { stage, monitoring, traces, stores }: Settings,
): Promise<ReturnType<typeof runSystems>> {
  const plans = withIssuerOfSettings(planned, runtime.allConfig(), runtime.getStack());
  const addressOf = existingAddresses(plans, { stores }, runtime.getStack());
  const { foundation, secretsOf } = await shareOnAws(plans, stage, PLAN_ONLY);
  const sources = await imageSources(plans, WATCHING, foundation.settings.images.platforms, PLAN_ONLY);
  const placed = plans.map((plan, index) => ({
    plan,
    platform: new AwsPlatform(`${plan.name}-platform`, {
      plan,
      foundation,
      sources: sources.of(plan),
      index,
      traces: traces === null ? null : connectTraces(traces),
      secret: secretsOf(plan),
      addressOf,
    }),
  }));
  watchOnAws(foundation, placed, sources.shared, monitoring);
  return runSystems(placed);
}
