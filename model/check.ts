import { checkCalls } from "./check/edges/calls.ts";
import { checkEntry } from "./check/edges/entry.ts";
import { checkOutside } from "./check/edges/outside.ts";
import { checkReachability } from "./check/edges/reachability.ts";
import { checkEvents } from "./check/events/events.ts";
import { checkStreams } from "./check/events/streams.ts";
import { checkMeasures } from "./check/measures.ts";
import { checkNames } from "./check/names.ts";
import { checkObjectives } from "./check/objectives.ts";
import { checkProgram } from "./check/program/program.ts";
import { checkSizes } from "./check/sizes.ts";
import { checkStage } from "./check/stage.ts";
import { checkKitStores } from "./check/stores/kit-store.ts";
import { checkMigrations } from "./check/stores/migrations.ts";
import { checkStores } from "./check/stores/stores.ts";
import { checkUses } from "./check/stores/uses.ts";
import { checkOwnNames, checkTogether } from "./check/together/together.ts";
import { InvalidSystem, type Fault } from "./fault.ts";
import type { Stage } from "./stage.ts";
import { nameOf } from "./structure/place.ts";
import { readDescription } from "./structure/read-description.ts";
import type { System } from "./system.ts";

/**
 * Every fault of a description, in the order of the subjects below; empty when it can be planned. Nothing type-checks a
 * description before it is planned, so its structure is read first, and the other checks see what was meant.
 */
export function checkSystem(description: System): Fault[] {
  const { faults, meant, isTold } = readDescription(description);
  return [...faults, ...(meant === undefined ? [] : checkMeaning(meant).filter(({ path }) => !isTold(path)))];
}

function checkMeaning(system: System): Fault[] {
  return [
    ...checkNames(system),
    ...checkProgram(system),
    ...checkCalls(system),
    ...checkOutside(system),
    ...checkEvents(system),
    ...checkStreams(system),
    ...checkStores(system),
    ...checkUses(system),
    ...checkKitStores(system),
    ...checkMigrations(system),
    ...checkSizes(system),
    ...checkEntry(system),
    ...checkObjectives(system),
    ...checkMeasures(system),
    ...checkReachability(system),
    ...checkOwnNames(system),
  ];
}

/** Throws `InvalidSystem` with every fault of all descriptions that cannot be planned. */
export function assertValid(...systems: readonly System[]): void {
  refuse(systems, checkSystem);
}

/** The same, with what is wrong on this stage alone, and between the systems that run on it together. */
export function assertDeployable(stage: Stage, systems: readonly System[]): void {
  refuse(systems, (system) => {
    const faults = checkSystem(system);
    return faults.length > 0 ? faults : checkStage(system, stage);
  });
  const faults = checkTogether(systems);
  if (faults.length > 0) throw new InvalidSystem([{ system: systems.map(nameOf).join('", "'), faults }]);
}

function refuse(systems: readonly System[], check: (system: System) => readonly Fault[]): void {
  const broken = systems
    .map((system) => ({ system: nameOf(system), faults: check(system) }))
    .filter(({ faults }) => faults.length > 0);
  if (broken.length > 0) throw new InvalidSystem(broken);
}
