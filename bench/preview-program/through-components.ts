import * as pulumi from "@pulumi/pulumi";
import { type Foundation, foundation } from "../../components/aws/foundation.ts";
import { AwsPlatform } from "../../components/aws/platform.ts";
import { readAwsSettings } from "../../components/aws/settings/read-settings.ts";
import { System } from "../../components/system.ts";
import { planSystem, type SystemPlan } from "../../model/plan.ts";
import { generatedSystem } from "./generated-system.ts";

/** Generated systems as prod declares them, together on what they share; only their images are made up. */
export function throughComponents(count: number, systems: number): void {
  const names = Array.from({ length: systems }, (_, index) => (index === 0 ? "bench" : `bench${index}`));
  const plans = names.map((name) => planSystem(generatedSystem(name, count), "prod"));
  const settings = readAwsSettings(pulumi.runtime.allConfig(), plans, "2026-11-21");
  const shared = foundation({ stage: "prod", settings, plans, definitions: [] });
  plans.forEach((plan, index) => run(plan, shared, index));
}

function run(plan: SystemPlan, shared: Foundation, index: number): void {
  const sources = ["job", ...plan.workloads.map(({ name }) => `${plan.name}/${name}`)].map((name) => ({
    name,
    repository: name === "job" ? `${plan.name}/job` : name,
    version: "b1",
    context: `contexts/${name}`,
  }));
  const addressOf = () => ({ host: "store.example.com", port: 443 });
  const platform = new AwsPlatform(`${plan.name}-platform`, {
    plan,
    foundation: shared,
    sources,
    index,
    traces: null,
    secret: (name) => pulumi.secret(name),
    addressOf,
  });
  new System(plan.name, { plan, platform });
}
