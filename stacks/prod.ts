import * as pulumi from "@pulumi/pulumi";
import { foundation } from "../components/aws/foundation.ts";
import { AwsPlatform } from "../components/aws/platform.ts";
import { readAwsSettings } from "../components/aws/read-settings.ts";
import { System } from "../components/system.ts";
import type { SystemPlan } from "../model/plan.ts";
import { definitionsOf } from "./definitions.ts";
import { imageSources } from "./image-sources.ts";
import { KEYS, type Settings } from "./settings.ts";
import { watchOnAws, WATCHING } from "./watch-on-aws.ts";

/** Runs systems on AWS: what they share first, then each on its own. */
export async function prod(plans: readonly SystemPlan[], { stage, monitoring }: Settings): Promise<Record<string, pulumi.Output<string>>> {
  const settings = readAwsSettings(pulumi.runtime.allConfig(), plans, new Date().toISOString().slice(0, 10), KEYS.map((key) => `slipway:${key}`));
  const [first] = plans;
  if (!first) return {};
  const withKafka = plans.some(({ messaging }) => messaging.topics.length > 0);
  const shared = foundation({ stage, settings, numbers: first.numbers, withKafka, definitions: await definitionsOf() });
  const sources = await imageSources(plans, WATCHING);
  const placed = plans.map((plan, index) => ({ plan, platform: new AwsPlatform(`${plan.name}-platform`, { plan, foundation: shared, sources: sources.of(plan), index }) }));
  const timing = monitoring === "lab" ? "lab" : "standard"; // nothing runs here that nobody watches
  watchOnAws(shared, placed.map(({ plan, platform }) => ({ plan, cluster: platform.cluster })), sources.shared, timing);
  return Object.fromEntries(placed.map(({ plan, platform }) => [plan.name, new System(plan.name, { plan, platform }).url]));
}
