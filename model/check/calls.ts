import { DEFAULTS } from "../defaults.ts";
import type { Fault } from "../fault.ts";
import { parseDuration } from "../quantity.ts";
import type { Call, System } from "../system.ts";
import { at, list, servicesOf, suggest } from "./place.ts";

/** Bounds of checklist item 2. */
const TIMEOUT_MS = { min: 100, max: 2000 };

interface Edge {
  readonly caller: string;
  readonly callee: string;
  readonly call: Call;
}

/** Calls that lead nowhere, go in a circle, wait too long, or break a transaction. */
export function checkCalls(system: System): Fault[] {
  const edges = servicesOf(system).flatMap(([caller, { calls = {} }]) =>
    Object.entries(calls).flatMap(([callee, call]) => (call ? [{ caller, callee, call }] : [])),
  );
  return [
    ...edges.flatMap((edge) => checkEdge(system, edge)),
    ...cycles(system, edges),
    ...nestedTimeouts(system, edges),
  ];
}

function checkEdge(system: System, { caller, callee, call }: Edge): Fault[] {
  const names = Object.keys(system.services);
  const path = (field: string) => at(system, caller, `calls.${callee}${field}`);
  const faults: Fault[] = [];
  if (!names.includes(callee)) {
    faults.push({
      kind: "unknown-callee",
      path: path(""),
      found: `"${callee}", which is no service of this system`,
      allowed: list(names),
      fix: suggest(callee, names, "service"),
    });
  }
  const timeout = timeoutOf(call);
  if (timeout === undefined) {
    faults.push({
      kind: "timeout-unit",
      path: path(".timeout"),
      found: `"${call.timeout}"`,
      allowed: 'a number with ms or s, such as "610ms"',
      fix: "write the unit",
    });
  } else if (timeout < TIMEOUT_MS.min || timeout > TIMEOUT_MS.max) {
    faults.push({
      kind: "timeout-range",
      path: path(".timeout"),
      found: `${timeout} ms`,
      allowed: `${TIMEOUT_MS.min} to ${TIMEOUT_MS.max} ms`,
      fix: "shorten the wait, or make the edge an event",
    });
  }
  if (call.transactional && call.onFailure === "default") {
    faults.push({
      kind: "transactional-default",
      path: path(".onFailure"),
      found: '"default" on a transactional call',
      allowed: '"reject" or "queue"',
      fix: 'write "reject": an invented answer would let half a transaction stand',
    });
  }
  if (call.reason.trim() === "") {
    faults.push({
      kind: "call-reason",
      path: path(".reason"),
      found: "nothing",
      allowed: "one sentence",
      fix: "say why an event would not do",
    });
  }
  if (call.maxConcurrent !== undefined && (!Number.isInteger(call.maxConcurrent) || call.maxConcurrent < 1)) {
    faults.push({
      kind: "max-concurrent",
      path: path(".maxConcurrent"),
      found: String(call.maxConcurrent),
      allowed: "a whole number from 1",
      fix: "set the most calls one replica may have under way",
    });
  }
  return faults;
}

function timeoutOf(call: Call): number | undefined {
  return call.timeout === undefined ? DEFAULTS.call.timeoutMs.value : parseDuration(call.timeout);
}

/** Each circle once, named from its alphabetically first service. */
function cycles(system: System, edges: readonly Edge[]): Fault[] {
  const next = (name: string) => edges.filter((edge) => edge.caller === name).map((edge) => edge.callee);
  const walk = (start: string, path: readonly string[]): string[][] =>
    next(path.at(-1) ?? start).flatMap((callee) => {
      if (callee === start) return [[...path, start]];
      return callee < start || path.includes(callee) ? [] : walk(start, [...path, callee]);
    });
  return Object.keys(system.services)
    .flatMap((start) => walk(start, [start]))
    .map((circle) => ({
      kind: "call-cycle",
      path: at(system, circle[0] ?? "", `calls.${circle[1]}`),
      found: circle.join(" → "),
      allowed: "calls in one direction",
      fix: "turn one of these calls into an event",
    }));
}

/** A callee that itself waits longer than its caller does answers nobody. */
function nestedTimeouts(system: System, edges: readonly Edge[]): Fault[] {
  return edges.flatMap((outer) =>
    edges
      .filter((inner) => inner.caller === outer.callee)
      .flatMap((inner) => {
        const [outerMs, innerMs] = [timeoutOf(outer.call), timeoutOf(inner.call)];
        if (outerMs === undefined || innerMs === undefined || innerMs < outerMs) return [];
        return [
          {
            kind: "timeout-nesting",
            path: at(system, inner.caller, `calls.${inner.callee}.timeout`),
            found: `${innerMs} ms, while ${outer.caller} gives ${outer.callee} only ${outerMs} ms`,
            allowed: `less than ${outerMs} ms`,
            fix: "shorten the inner time-out",
          },
        ];
      }),
  );
}
