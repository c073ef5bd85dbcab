import { assertDeployable, assertValid } from "../../model/check.ts";
import { nearest } from "../../model/nearest.ts";
import type { System } from "../../model/system.ts";
import { systemNames } from "../../model/system-names.ts";
import { STAGES, type Stage } from "../../model/stage.ts";
import { systems } from "./described.ts";
import { readStackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";

/**
 * The described system of that name, checked; without a name, the only one that the stack of the stage runs. The fault lists the names to
 * choose from where there is no such system, or more than one.
 */
export function findSystem(name: string | undefined, stage: Stage = "dev"): System {
  return described(name === undefined || name === "" ? onlySystem(stage) : name);
}

function onlySystem(stage: Stage): string {
  const running = readStackSettings(stage).systems;
  const [only = ""] = running;
  if (running.length > 1)
    throw new UserError(
      `slipway: stack "${stage}" runs several systems, and none is named here; name one of: ${running.join(", ")}.`,
    );
  return only;
}

function described(name: string): System {
  const names = systemNames(systems);
  const system = systems.find((candidate) => candidate.name === name);
  if (!system) {
    const guess = nearest(name, names);
    throw new UserError(
      `slipway: no system "${name}"${guess ? ` (did you mean "${guess}"?)` : ""}; there are: ${names.join(", ")}. Fix the name, or describe it.`,
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
