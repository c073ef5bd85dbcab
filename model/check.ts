import { checkCalls } from "./check/calls.ts";
import { checkEntry } from "./check/entry.ts";
import { checkEvents } from "./check/events.ts";
import { checkNames } from "./check/names.ts";
import { checkObjectives } from "./check/objectives.ts";
import { checkReachability } from "./check/reachability.ts";
import { checkSizes } from "./check/sizes.ts";
import { checkStreams } from "./check/streams.ts";
import { InvalidSystem, type Fault } from "./fault.ts";
import type { System } from "./system.ts";

/** Every fault of a description, in the order of the subjects below; empty when it can be planned. */
export function checkSystem(system: System): Fault[] {
  return [
    ...checkNames(system),
    ...checkCalls(system),
    ...checkEvents(system),
    ...checkStreams(system),
    ...checkSizes(system),
    ...checkEntry(system),
    ...checkObjectives(system),
    ...checkReachability(system),
  ];
}

/** Throws `InvalidSystem` with every fault when the description cannot be planned. */
export function assertValid(system: System): void {
  const faults = checkSystem(system);
  if (faults.length > 0) throw new InvalidSystem(system.name, faults);
}
