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
