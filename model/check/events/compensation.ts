import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import { list, suggest } from "../place.ts";

/** A way back that leads nowhere. */
export function checkCompensation(system: System, event: string): Fault[] {
  const path = `${system.name}: events.${event}.undoneBy`;
  const undoneBy = system.events?.[event]?.undoneBy;
  return typeof undoneBy === "string" ? wayBack(path, event, undoneBy, Object.keys(system.events ?? {})) : [];
}

function wayBack(path: string, event: string, undoneBy: string, events: readonly string[]): Fault[] {
  if (undoneBy === event) {
    return [
      {
        kind: "compensates-itself",
        path,
        found: `"${event}" itself`,
        allowed: "another event",
        fix: "name the event that takes it back",
      },
    ];
  }
  if (events.includes(undoneBy)) return [];
  return [
    {
      kind: "unknown-compensation",
      path,
      found: `"${undoneBy}", which is no event of this system`,
      allowed: list(events),
      fix: suggest(undoneBy, events, "event"),
    },
  ];
}
