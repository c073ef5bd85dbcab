import { DEFAULTS } from "../../defaults.ts";
import type { Fault } from "../../fault.ts";
import type { Timeouts } from "../../plan/edges/timeouts.ts";
import { parseDuration } from "../../quantity.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, servicesOf } from "../place.ts";

/** Services that would be stopped in the middle of answers that somebody still waits for. */
export function checkDrain(system: System, timeouts: Timeouts): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    const waited = longestWait(system, name, part, timeouts);
    const written = part.needs?.stopsWithin;
    const stops = written === undefined ? DEFAULTS.rollout.drainSeconds.value * 1000 : parseDuration(written);
    if (stops === undefined || waited <= stops) return [];
    return [
      {
        kind: "stops-too-soon",
        path: at(system, name, "needs.stopsWithin"),
        found: `${written ?? `${stops / 1000} s, the default`}, while somebody may wait ${waited} ms for an answer`,
        allowed: `at least ${waited} ms: a rollout would break off what is longer`,
        fix: `write "${Math.ceil(waited / 1000)}s" if the program ends its work first, or shorten the wait`,
      },
    ];
  });
}

/** Milliseconds that its callers, or the public entry, wait for an answer of this service. */
function longestWait(system: System, name: string, { routes = [] }: AnyPart, timeouts: Timeouts): number {
  const callers = servicesOf(system).filter(([, { calls = {} }]) => calls[name] !== undefined);
  const waits = callers.map(([caller]) => timeouts.of(caller, name));
  return Math.max(0, ...waits, ...(routes.length > 0 ? [timeouts.patience(name)] : []));
}
