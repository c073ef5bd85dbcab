import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import { checkCompensation } from "./compensation.ts";
import { at, list, servicesOf, suggest } from "../place.ts";

/** Events without exactly one producer, without a listener, or that nothing takes back. */
export function checkEvents(system: System): Fault[] {
  const events = Object.keys(system.events ?? {});
  return [
    ...unknownEvents(system, events),
    ...events.flatMap((event) => [...ends(system, event), ...checkCompensation(system, event)]),
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
  const whoLists = (edge: "publishes" | "consumes") =>
    servicesOf(system)
      .filter(([, service]) => service[edge]?.includes(event))
      .map(([name]) => name);
  const producers = whoLists("publishes");
  const consumers = whoLists("consumes");
  return [
    ...oneProducer(path, producers),
    ...someConsumer(path, consumers, system.events?.[event]?.terminal),
    ...producers
      .filter((name) => consumers.includes(name))
      .map((name) => ({
        kind: "own-event",
        path: at(system, name, "consumes"),
        found: `its own "${event}"`,
        allowed: "events of other services",
        fix: "do the work where the event is decided",
      })),
  ];
}

function oneProducer(path: string, producers: readonly string[]): Fault[] {
  if (producers.length === 1) return [];
  const allowed = "exactly one producer";
  return producers.length === 0
    ? [
        {
          kind: "no-producer",
          path,
          found: "no service publishes it",
          allowed,
          fix: "list it under `publishes` of the service that decides it",
        },
      ]
    : [
        {
          kind: "two-producers",
          path,
          found: `published by ${list(producers)}`,
          allowed,
          fix: "give each producer an event of its own meaning",
        },
      ];
}

function someConsumer(path: string, consumers: readonly string[], terminal: string | undefined): Fault[] {
  if (consumers.length === 0 && terminal === undefined) {
    return [
      {
        kind: "no-consumer",
        path,
        found: "nobody consumes it",
        allowed: "one or more consumers, or `terminal` with the reason",
        fix: "add a consumer, say why it is terminal, or stop publishing it",
      },
    ];
  }
  if (consumers.length === 0 || terminal === undefined) return [];
  return [
    {
      kind: "terminal-consumed",
      path: `${path}.terminal`,
      found: `terminal, yet consumed by ${list(consumers)}`,
      allowed: "`terminal` only without consumers",
      fix: "remove `terminal`",
    },
  ];
}
