import type { Fault } from "../../fault.ts";
import type { Timeouts } from "../../plan/edges/timeouts.ts";
import { parseDuration } from "../../quantity.ts";
import type { System } from "../../system.ts";
import { at, servicesOf, unless } from "../place.ts";

/** Services that say to stop in the middle of answers that somebody still waits for; by default they do not. */
export function checkDrain(system: System, timeouts: Timeouts): Fault[] {
  return servicesOf(system).flatMap(([name, { needs }]) => {
    const waited = timeouts.waited(name);
    const stops = parseDuration(needs?.stopsWithin ?? "");
    return unless(stops === undefined || waited <= stops, {
      kind: "stops-too-soon",
      path: at(system, name, "needs.stopsWithin"),
      found: `"${needs?.stopsWithin}", while somebody may wait ${waited} ms for an answer`,
      allowed: `at least ${waited} ms: a rollout would break off what is longer`,
      fix: "remove it, so that it follows from the waits, or shorten the wait",
    });
  });
}
