import type { Fault } from "../fault.ts";
import type { System } from "../system.ts";
import { list, suggest } from "./place.ts";

/** An event that nothing takes back, and a way back that leads nowhere. */
export function checkCompensation(system: System, event: string): Fault[] {
  const path = `${system.name}: events.${event}.undoneBy`;
  const undoneBy = system.events[event]?.undoneBy;
  if (undoneBy === undefined) {
    return [
      {
        kind: "missing-compensation",
        path,
        found: "nothing",
        allowed: "an event, or { declined: reason }",
        fix: "name the event that takes this one back, or say why nothing has to",
      },
    ];
  }
  return typeof undoneBy === "string"
    ? wayBack(path, event, undoneBy, Object.keys(system.events))
    : declined(path, undoneBy.declined);
}

function declined(path: string, reason: string): Fault[] {
  if (reason.trim() !== "") return [];
  return [
    {
      kind: "declined-reason",
      path,
      found: "declined without a reason",
      allowed: "one sentence",
      fix: "say why nothing has to take it back",
    },
  ];
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
