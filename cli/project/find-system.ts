import { assertDeployable, assertValid } from "../../model/check.ts";
import { nearest } from "../../model/nearest.ts";
import { nameOf } from "../../model/structure/place.ts";
import type { System } from "../../model/system.ts";
import { systemNames } from "../../model/system-names.ts";
import { STAGES, type Stage } from "../../model/stage.ts";
import { systems } from "../../systems/index.ts";
import { UserError } from "../terminal/user-error.ts";

/** What a command shows that names no system: the first one described. */
export const FIRST_SYSTEM = nameOf(systems[0]);

/** The described system of that name, checked; the fault lists every name when there is none. */
export function findSystem(name: string): System {
  const names = systemNames(systems);
  const system = systems.find((candidate) => candidate.name === name);
  if (!system) {
    const guess = nearest(name, names);
    throw new UserError(
      `slipway: no system "${name}"${guess ? ` (did you mean "${guess}"?)` : ""}; there are: ${names.join(", ")}. Fix the name, or describe it under systems/.`,
    );
  }
  assertValid(system);
  return system;
}

/** Throws every fault of the systems that a stack runs: a wrong description must not cost half an hour of building first. */
export function assertDescribed(stack: { readonly stage: Stage; readonly systems: readonly string[] }): void {
  assertDeployable(
    stack.stage,
    systems.filter(({ name }) => stack.systems.includes(name)),
  );
}

/** The stage of that name. */
export function findStage(name: string): Stage {
  const stage = STAGES.find((candidate) => candidate === name);
  if (!stage) throw new UserError(`slipway: no stage "${name}"; there are: ${STAGES.join(", ")}.`);
  return stage;
}
