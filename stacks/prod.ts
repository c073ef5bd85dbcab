import type { Output } from "@pulumi/pulumi";
import type { SystemPlan } from "../model/plan.ts";
import type { Settings } from "./settings.ts";

/** Will run systems on AWS; until its components exist it says so instead of doing something else. */
export async function prod(plans: readonly SystemPlan[], settings: Settings): Promise<Record<string, Output<string>>> {
  const names = plans.map(({ name }) => name).join(", ");
  throw new Error(`stack "${settings.stage}": ${names} cannot run on AWS yet, its platform (components/aws) does not exist. Next: pulumi up -s dev`);
}
