import type { Output } from "@pulumi/pulumi";
import type { Platform } from "../components/platform.ts";
import { System } from "../components/system.ts";
import type { SystemPlan } from "../model/plan.ts";

/** A system and what it runs on. */
export interface Placed<P extends Platform = Platform> {
  readonly plan: SystemPlan;
  readonly platform: P;
}

/** Registers every system where it was placed; answers the address of each one's public entry. */
export function runSystems(placed: readonly Placed[]): Record<string, Output<string>> {
  return Object.fromEntries(
    placed.flatMap(({ plan, platform }) => {
      const { url } = new System(plan.name, { plan, platform });
      return url === null ? [] : [[plan.name, url]];
    }),
  );
}
