import { checkSystem } from "./check.ts";
import { type Fault, InvalidSystem } from "./fault.ts";
import { nameOf, NO_NAME } from "./structure/place.ts";
import type { System } from "./system.ts";

/** Names of the described systems. Throws `InvalidSystem` for those that have none to be chosen by, and for two of one name. */
export function systemNames(systems: readonly System[]): string[] {
  const names = systems.map(nameOf);
  const nameless = systems.filter((_, index) => names[index] === NO_NAME);
  const twice = [...new Set(names.filter((name, index) => name !== NO_NAME && names.indexOf(name) !== index))];
  const broken = [
    ...nameless.map((system) => ({ system: NO_NAME, faults: checkSystem(system) })),
    ...twice.map((system) => ({ system, faults: [describedTwice(system)] })),
  ];
  if (broken.length > 0) throw new InvalidSystem(broken);
  return names;
}

function describedTwice(name: string): Fault {
  return {
    kind: "system-twice",
    path: "systems/index.ts",
    found: `two systems with the name "${name}"`,
    allowed: "each name once",
    fix: "rename one of them, or list it once",
  };
}
