import { checkSystem } from "../model/check.ts";
import { InvalidSystem } from "../model/fault.ts";
import type { System } from "../model/system.ts";

/** Throws one error with every fault of every description. */
export function assertAllValid(systems: readonly System[]): void {
  const messages = systems.flatMap((system) => {
    const faults = checkSystem(system);
    return faults.length > 0 ? [new InvalidSystem(system.name, faults).message] : [];
  });
  if (messages.length > 0) throw new Error(messages.join("\n"));
}
