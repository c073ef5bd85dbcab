import type { System } from "../system.ts";
import { consumersOf, producerOf } from "./messaging.ts";

/** Contracts of one service, as `name@version`: what others rely on, and what it relies on itself. */
export interface ContractPlan {
  readonly provides: readonly string[];
  readonly relies: readonly string[];
}

/** The version of a contract is its content: whatever both sides check by, in any order of its fields. FNV-1a, eight hexadecimal digits. */
export function contractName(subject: string, schema: object): string {
  let hash = 0x811c9dc5;
  for (const character of canonical(schema)) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return `${subject}@${(hash >>> 0).toString(16).padStart(8, "0")}`;
}

/** Contracts on both ends of the edges of one service. A call without one is left out: nothing is known about it. */
export function planContracts(system: System, name: string): ContractPlan {
  const callers = Object.values(system.services).flatMap(({ calls }) =>
    Object.entries(calls ?? {}).flatMap(([callee, call]) =>
      callee === name && call?.contract ? [contractName(callee, call.contract)] : [],
    ),
  );
  const calls = Object.entries(system.services[name]?.calls ?? {}).flatMap(([callee, call]) =>
    call?.contract ? [contractName(callee, call.contract)] : [],
  );
  const events = Object.entries(system.events).map(([event, { data }]) => ({
    event,
    contract: contractName(event, data),
  }));
  return {
    provides: [
      ...new Set(callers),
      ...events.filter(({ event }) => producerOf(system, event) === name).map(({ contract }) => contract),
    ],
    relies: [
      ...calls,
      ...events.filter(({ event }) => consumersOf(system, event).includes(name)).map(({ contract }) => contract),
    ],
  };
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  return `{${Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${key}:${canonical(one)}`)
    .join()}}`;
}
