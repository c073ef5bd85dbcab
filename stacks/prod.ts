import * as pulumi from "@pulumi/pulumi";
import { foundation } from "../components/aws/foundation.ts";
import { AwsPlatform } from "../components/aws/platform.ts";
import { readAwsSettings } from "../components/aws/read-settings.ts";
import { System } from "../components/system.ts";
import type { SystemPlan } from "../model/plan.ts";
import { definitionsOf } from "./definitions.ts";
import { imageSources } from "./image-sources.ts";
import { KEYS, type Settings } from "./settings.ts";

/** Runs systems on AWS: what they share first, then each on its own. */
export async function prod(plans: readonly SystemPlan[], { stage }: Settings): Promise<Record<string, pulumi.Output<string>>> {
  const settings = readAwsSettings(pulumi.runtime.allConfig(), plans, new Date().toISOString().slice(0, 10), KEYS.map((key) => `slipway:${key}`));
  const [first] = plans;
  if (!first) return {};
  const withKafka = plans.some(({ messaging }) => messaging.topics.length > 0);
  const shared = foundation({ stage, settings, numbers: first.numbers, withKafka, definitions: await definitionsOf() });
  const sources = await imageSources(plans);
  return Object.fromEntries(plans.map((plan, index) => {
    const platform = new AwsPlatform(`${plan.name}-platform`, { plan, foundation: shared, sources: sources(plan), index });
    return [plan.name, new System(plan.name, { plan, platform }).url];
  }));
}
