import { DEFAULTS } from "../defaults.ts";
import type { Fault } from "../fault.ts";
import { parseDuration } from "../quantity.ts";
import type { Call, System } from "../system.ts";
import { at, list, suggest } from "./place.ts";

/** Bounds of checklist item 2. */
const TIMEOUT_MS = { min: 100, max: 2000 };

/** One service that waits for another. */
export interface Edge {
  readonly caller: string;
  readonly callee: string;
  readonly call: Call;
}

/** Milliseconds a caller waits; undefined when they cannot be read. */
export function timeoutOf(call: Call): number | undefined {
  return call.timeout === undefined ? DEFAULTS.call.timeoutMs.value : parseDuration(call.timeout);
}

/** What is wrong with one call, whatever the others are. */
export function checkCall(system: System, { caller, callee, call }: Edge): Fault[] {
  const path = (field: string) => at(system, caller, `calls.${callee}${field}`);
  return [
    ...unknownCallee(path(""), callee, Object.keys(system.services)),
    ...timeout(path(".timeout"), call),
    ...inventedAnswer(path(".onFailure"), call),
    ...bulkhead(path(".maxConcurrent"), call),
  ];
}

function unknownCallee(path: string, callee: string, names: readonly string[]): Fault[] {
  if (names.includes(callee)) return [];
  return [
    {
      kind: "unknown-callee",
      path,
      found: `"${callee}", which is no service of this system`,
      allowed: list(names),
      fix: suggest(callee, names, "service"),
    },
  ];
}

function timeout(path: string, call: Call): Fault[] {
  const waits = timeoutOf(call);
  if (waits === undefined) {
    return [
      {
        kind: "timeout-unit",
        path,
        found: `"${call.timeout}"`,
        allowed: 'a number with ms or s, such as "610ms"',
        fix: "write the unit",
      },
    ];
  }
  if (waits >= TIMEOUT_MS.min && waits <= TIMEOUT_MS.max) return [];
  return [
    {
      kind: "timeout-range",
      path,
      found: `${waits} ms`,
      allowed: `${TIMEOUT_MS.min} to ${TIMEOUT_MS.max} ms`,
      fix: "shorten the wait, or make the edge an event",
    },
  ];
}

function inventedAnswer(path: string, { transactional, onFailure }: Call): Fault[] {
  if (!transactional || onFailure !== "default") return [];
  return [
    {
      kind: "transactional-default",
      path,
      found: '"default" on a transactional call',
      allowed: '"reject" or "queue"',
      fix: 'write "reject": an invented answer would let half a transaction stand',
    },
  ];
}

function bulkhead(path: string, { maxConcurrent }: Call): Fault[] {
  if (maxConcurrent === undefined || maxConcurrent >= 1) return [];
  return [
    {
      kind: "max-concurrent",
      path,
      found: String(maxConcurrent),
      allowed: "1 or more",
      fix: "set the most calls one replica may have under way",
    },
  ];
}
