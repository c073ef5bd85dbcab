import * as pulumi from "@pulumi/pulumi";
import { foundation } from "../../components/aws/foundation.ts";
import { AwsPlatform } from "../../components/aws/platform.ts";
import { readAwsSettings } from "../../components/aws/read-settings.ts";
import { System } from "../../components/system.ts";
import { planSystem } from "../../model/plan.ts";
import { generatedSystem } from "./generated-system.ts";

/** The generated system as prod declares one; only its images are made up. */
export async function throughComponents(count: number): Promise<void> {
  const plan = planSystem(generatedSystem(count), "prod");
  const settings = readAwsSettings(pulumi.runtime.allConfig(), [plan], "2026-11-21");
  const shared = foundation({ stage: "prod", settings, plans: [plan], definitions: [] });
  const sources = ["job", ...plan.workloads.map(({ name }) => `bench/${name}`)].map((name) => ({ name, repository: name, version: "b1", context: `contexts/${name}` }));
  const platform = new AwsPlatform("bench-platform", { plan, foundation: shared, sources, index: 0 });
  new System(plan.name, { plan, platform });
}
