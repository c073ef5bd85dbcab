import type { Fault } from "../fault.ts";
import type { System } from "../system.ts";
import { at, list, servicesOf, suggest } from "./place.ts";

/** Events without exactly one producer, without a listener, or that nothing takes back. */
export function checkEvents(system: System): Fault[] {
  const events = Object.keys(system.events);
  return [
    ...unknownEvents(system, events),
    ...events.flatMap((event) => [...ends(system, event), ...compensation(system, event, events)]),
  ];
}

function unknownEvents(system: System, events: readonly string[]): Fault[] {
  return servicesOf(system).flatMap(([name, service]) =>
    (["publishes", "consumes"] as const).flatMap((edge) => {
      const names = service[edge] ?? [];
      const unknown = names
        .filter((event) => !events.includes(event))
        .map((event) => ({
          kind: `unknown-event-${edge}`,
          path: at(system, name, edge),
          found: `"${event}", which is no event of this system`,
          allowed: list(events),
          fix: suggest(event, events, "event"),
        }));
      const twice = [...new Set(names.filter((event, index) => names.indexOf(event) !== index))].map((event) => ({
        kind: "event-listed-twice",
        path: at(system, name, edge),
        found: `"${event}" twice`,
        allowed: "each event once",
        fix: "remove one",
      }));
      return [...unknown, ...twice];
    }),
  );
}

function ends(system: System, event: string): Fault[] {
  const path = `${system.name}: events.${event}`;
  const producers = servicesOf(system)
    .filter(([, service]) => service.publishes?.includes(event))
    .map(([name]) => name);
  const consumers = servicesOf(system)
    .filter(([, service]) => service.consumes?.includes(event))
    .map(([name]) => name);
  const faults: Fault[] = [];
  if (producers.length === 0) {
    faults.push({
      kind: "no-producer",
      path,
      found: "no service publishes it",
      allowed: "exactly one producer",
      fix: "list it under `publishes` of the service that decides it",
    });
  }
  if (producers.length > 1) {
    faults.push({
      kind: "two-producers",
      path,
      found: `published by ${list(producers)}`,
      allowed: "exactly one producer",
      fix: "give each producer an event of its own meaning",
    });
  }
  const terminal = system.events[event]?.terminal;
  if (consumers.length === 0 && terminal === undefined) {
    faults.push({
      kind: "no-consumer",
      path,
      found: "nobody consumes it",
      allowed: "one or more consumers, or `terminal` with the reason",
      fix: "add a consumer, say why it is terminal, or stop publishing it",
    });
  }
  if (consumers.length > 0 && terminal !== undefined) {
    faults.push({
      kind: "terminal-consumed",
      path: `${path}.terminal`,
      found: `terminal, yet consumed by ${list(consumers)}`,
      allowed: "`terminal` only without consumers",
      fix: "remove `terminal`",
    });
  }
  const own = producers
    .filter((name) => consumers.includes(name))
    .map((name) => ({
      kind: "own-event",
      path: at(system, name, "consumes"),
      found: `its own "${event}"`,
      allowed: "events of other services",
      fix: "do the work where the event is decided",
    }));
  return [...faults, ...own];
}

function compensation(system: System, event: string, events: readonly string[]): Fault[] {
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
  if (typeof undoneBy !== "string") {
    return undoneBy.declined.trim() === ""
      ? [
          {
            kind: "declined-reason",
            path,
            found: "declined without a reason",
            allowed: "one sentence",
            fix: "say why nothing has to take it back",
          },
        ]
      : [];
  }
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
  return events.includes(undoneBy)
    ? []
    : [
        {
          kind: "unknown-compensation",
          path,
          found: `"${undoneBy}", which is no event of this system`,
          allowed: list(events),
          fix: suggest(undoneBy, events, "event"),
        },
      ];
}
