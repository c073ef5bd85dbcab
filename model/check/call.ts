import { TIMEOUT_MS } from "../call-limits.ts";
import type { Fault } from "../fault.ts";
import { parseDuration } from "../quantity.ts";
import type { Timeouts } from "../plan/edges/timeouts.ts";
import type { System } from "../system.ts";
import type { Call } from "../words/edge.ts";
import { at, list, suggest } from "./place.ts";

/** One service that waits for another. */
export interface Edge {
  readonly caller: string;
  readonly callee: string;
  readonly call: Call;
}

/** What is wrong with one call; how long it waits by default can be told only without circles. */
export function checkCall(system: System, { caller, callee, call }: Edge, timeouts: Timeouts | undefined): Fault[] {
  const path = (field: string) => at(system, caller, `calls.${callee}${field}`);
  return [
    ...unknownCallee(path(""), callee, Object.keys(system.services)),
    ...timeout(path(".timeout"), call, timeouts?.of(caller, callee)),
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

function timeout(path: string, { timeout: written, slow }: Call, planned: number | undefined): Fault[] {
  const waits = written === undefined ? planned : parseDuration(written);
  if (written !== undefined && waits === undefined) {
    return [
      {
        kind: "timeout-unit",
        path,
        found: `"${written}"`,
        allowed: 'a number with ms or s, such as "610ms"',
        fix: "write the unit",
      },
    ];
  }
  const patient = slow !== undefined || written === undefined; // a default is longer only where something below is slow
  if (waits === undefined || (waits >= TIMEOUT_MS.min && (patient || waits <= TIMEOUT_MS.max))) return [];
  return [
    {
      kind: "timeout-range",
      path,
      found: written === undefined ? `${waits} ms, which is left by the time-outs around it` : `${waits} ms`,
      allowed: `${TIMEOUT_MS.min} to ${TIMEOUT_MS.max} ms`,
      fix:
        written === undefined
          ? "give its callers more time"
          : "shorten the wait, make the edge an event, or say in `slow` why it takes longer",
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
