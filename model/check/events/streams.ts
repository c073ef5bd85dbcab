import { DEFAULTS } from "../../defaults.ts";
import type { Fault } from "../../fault.ts";
import { mostReplicas } from "../../plan/program/scale.ts";
import { isOnKit } from "../../plan/program/source.ts";
import type { System } from "../../system.ts";
import { at, list, servicesOf } from "../place.ts";

/** What every event already carries beside its own fields. */
const ENVELOPE = ["eventId", "eventType", "version", "occurredAt", "data"];

/** Kinds of store that the kit speaks with. */
const KIT_STORES = ["mariadb", "mysql", "postgres"];

/** Partitions, payloads and the stores that outbox and inbox need. */
export function checkStreams(system: System): Fault[] {
  return [...partitions(system), ...stores(system), ...fields(system)];
}

function partitions(system: System): Fault[] {
  const count = system.partitions ?? DEFAULTS.kafka.partitions.value;
  const path = `${system.name}: partitions`;
  if (count < 1 || count > 100) {
    return [
      {
        kind: "partitions",
        path,
        found: String(count),
        allowed: "a whole number from 1 to 100",
        fix: "set the partitions of every topic",
      },
    ];
  }
  return servicesOf(system).flatMap(([name, service]) => {
    const replicas = mostReplicas(service);
    if (!service.consumes?.length || replicas <= count) return [];
    return [
      {
        kind: "partitions-below-replicas",
        path,
        found: `${count} partitions, while ${name} scales to ${replicas} replicas`,
        allowed: `at least ${replicas}`,
        fix: `raise partitions to ${replicas}, or lower ${name}'s scale.max: replica ${count + 1} would get no work`,
      },
    ];
  });
}

function stores(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    const { publishes = [], consumes = [], uses = {} } = part;
    if (publishes.length + consumes.length === 0) return [];
    if (!isOnKit(part)) return publishes.length === 0 ? [] : [needsKit(at(system, name, "publishes"))];
    if (Object.keys(uses).some((store) => KIT_STORES.includes(system.stores?.[store]?.kind ?? ""))) return [];
    return [
      {
        kind: "no-store-for-events",
        path: at(system, name, "uses"),
        found: "no database",
        allowed: `a store of kind ${KIT_STORES.join(" or ")}`,
        fix: "give it a database: outbox and inbox live in the transaction of the service's own rows",
      },
    ];
  });
}

function needsKit(path: string): Fault {
  return {
    kind: "events-need-kit",
    path,
    found: "events published by a program that is not on the kit",
    allowed:
      "events of services on the kit, which writes them in one transaction with its rows; any program may consume them",
    fix: 'describe a store of kind "topic", and let the program use it: what it sends there is its own',
  };
}

function fields(system: System): Fault[] {
  const key = system.correlationKey;
  return Object.entries(system.events ?? {}).flatMap(([event, { data }]) => {
    const path = `${system.name}: events.${event}.data`;
    const names = Object.keys(data.properties);
    const reserved = names.filter((name) => ENVELOPE.includes(name));
    return [
      ...(reserved.length === 0
        ? []
        : [
            {
              kind: "reserved-field",
              path,
              found: list(reserved),
              allowed: "fields that the envelope does not carry already",
              fix: "remove them from the schema",
            },
          ]),
      ...(key === undefined || names.includes(key)
        ? []
        : [
            {
              kind: "event-without-key",
              path,
              found: list(names),
              allowed: `the correlation key "${key}" among them`,
              fix: `add ${key} to the schema`,
            },
          ]),
    ];
  });
}
