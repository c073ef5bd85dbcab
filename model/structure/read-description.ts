import type { Fault } from "../fault.ts";
import type { System } from "../system.ts";
import { DESCRIPTION } from "./description.ts";
import { nameOf } from "./place.ts";
import { read } from "./read.ts";

/** A description held against its form. */
export interface ReadDescription {
  readonly faults: readonly Fault[];
  /** What the other checks look at: the description itself when it is well-formed, what was meant when that can be guessed. */
  readonly meant: System | undefined;
  /** True when what another check finds at this path only follows from a fault that is told already. */
  readonly isTold: (path: string) => boolean;
}

/** Every fault of structure: unknown and missing words, words out of their range, values of another type. */
export function readDescription(description: unknown): ReadDescription {
  const { faults, value } = read(DESCRIPTION, description, { system: nameOf(description), path: [] });
  const told = faults.map(({ path }) => path);
  return {
    faults,
    meant: (faults.length === 0 ? description : value) as System | undefined, // the form has the type of a System: see `Agreed`
    isTold: (path) => told.some((place) => isWithin(path, place) || place.startsWith(`${path}[`)),
  };
}

function isWithin(path: string, place: string): boolean {
  return path === place || [".", ":"].some((separator) => path.startsWith(`${place}${separator}`));
}
