import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import { planTimeouts, type Timeouts } from "../../plan/edges/timeouts.ts";
import { checkCall, type Edge } from "./call.ts";
import { checkDrain } from "./drain.ts";
import { at, servicesOf } from "../place.ts";

/** Calls that lead nowhere, go in a circle, wait too long, outlive the one who answers, or break a transaction. */
export function checkCalls(system: System): Fault[] {
  const edges = servicesOf(system).flatMap(([caller, { calls = {} }]) =>
    Object.entries(calls).flatMap(([callee, call]) => (call ? [{ caller, callee, call }] : [])),
  );
  const circles = cycles(system, edges);
  const timeouts = circles.length === 0 ? planTimeouts(system) : undefined; // in a circle nothing is around anything
  return [
    ...edges.flatMap((edge) => checkCall(system, edge, timeouts)),
    ...circles,
    ...(timeouts ? [...nestedTimeouts(system, edges, timeouts), ...checkDrain(system, timeouts)] : []),
  ];
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
function nestedTimeouts(system: System, edges: readonly Edge[], timeouts: Timeouts): Fault[] {
  return edges.flatMap((outer) =>
    edges
      .filter((inner) => inner.caller === outer.callee && inner.call.timeout !== undefined)
      .flatMap((inner) => {
        const [outerMs, innerMs] = [outer, inner].map(({ caller, callee }) => timeouts.of(caller, callee));
        if (outerMs === undefined || innerMs === undefined || innerMs < outerMs) return [];
        return [
          {
            kind: "timeout-nesting",
            path: at(system, inner.caller, `calls.${inner.callee}.timeout`),
            found: `${innerMs} ms, while ${outer.caller} gives ${outer.callee} only ${outerMs} ms`,
            allowed: `less than ${outerMs} ms`,
            fix: "shorten the inner time-out, or lengthen the outer one",
          },
        ];
      }),
  );
}
