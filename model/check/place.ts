import type { Fault } from "../fault.ts";
import { nearest } from "../nearest.ts";
import type { System } from "../system.ts";
import type { AnyPart } from "../words/service.ts";

/** Services with their names. */
export function servicesOf(system: System): [string, AnyPart][] {
  return Object.entries(system.services).flatMap(([name, service]) =>
    service ? [[name, service] as [string, AnyPart]] : [],
  );
}

/** Path of a field of one service, as faults print it. */
export function at(system: System, service: string, field: string): string {
  return `${system.name}/${service}: ${field}`;
}

/** "write X or add it", with the nearest known name when there is one. */
export function suggest(word: string, known: readonly string[], kind: string): string {
  const guess = nearest(word, known);
  return guess ? `write "${guess}", or add the ${kind} "${word}"` : `add the ${kind} "${word}", or remove this line`;
}

/** Names in a readable list. */
export function list(names: readonly string[]): string {
  return names.length > 0 ? names.map((name) => `"${name}"`).join(", ") : "none";
}

/** Path of a field of one part. */
export type Path = (field: string) => string;

/** The fault, unless something holds. */
export function unless(holds: boolean, fault: Fault): Fault[] {
  return holds ? [] : [fault];
}

/** A known name: "did you mean" in the fix, and what there is. */
export function unknownName(kind: string, path: string, word: string, known: readonly string[], what: string): Fault {
  return {
    kind,
    path,
    found: `"${word}", which is no ${what}`,
    allowed: list(known),
    fix: suggest(word, known, /^\w+/.exec(what)?.[0] ?? what),
  };
}
