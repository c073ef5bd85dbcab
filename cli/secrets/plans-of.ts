import { assertValid } from "../../model/check.ts";
import { planSystem, type SystemPlan } from "../../model/plan.ts";
import type { Stage } from "../../model/stage.ts";
import { systems } from "../project/described.ts";

/** Every described system as it is planned, whichever of them a stack runs. */
export function plansOf(stage: Stage): SystemPlan[] {
  assertValid(...systems);
  return systems.map((system) => planSystem(system, stage));
}
