import { checkCalls } from "./check/calls.ts";
import { checkEntry } from "./check/entry.ts";
import { checkEvents } from "./check/events.ts";
import { checkMeasures } from "./check/measures.ts";
import { checkNames } from "./check/names.ts";
import { checkObjectives } from "./check/objectives.ts";
import { checkReachability } from "./check/reachability.ts";
import { checkSizes } from "./check/sizes.ts";
import { checkStreams } from "./check/streams.ts";
import { InvalidSystem, type Fault } from "./fault.ts";
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
    ...checkCalls(system),
    ...checkEvents(system),
    ...checkStreams(system),
    ...checkSizes(system),
    ...checkEntry(system),
    ...checkObjectives(system),
    ...checkMeasures(system),
    ...checkReachability(system),
  ];
}

/** Throws `InvalidSystem` with every fault of all descriptions that cannot be planned. */
export function assertValid(...systems: readonly System[]): void {
  const broken = systems
    .map((system) => ({ system: nameOf(system), faults: checkSystem(system) }))
    .filter(({ faults }) => faults.length > 0);
  if (broken.length > 0) throw new InvalidSystem(broken);
}
