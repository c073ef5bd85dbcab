import type { Fault } from "../fault.ts";
import { EVERY_SYSTEM, isDnsLabel } from "../names.ts";
import type { System } from "../system.ts";
import { at, servicesOf, unless } from "./place.ts";
import { checkServiceNames, DNS } from "./service-names.ts";

/** Namespaces that are somebody else's already. */
const TAKEN_NAMESPACES = [
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "monitoring",
  "traefik",
  "metrics-server",
];
/** Names that Kubernetes, Kafka or MariaDB would refuse, and an owner nobody can reach. */
export function checkNames(system: System): Fault[] {
  const faults: Fault[] = [];
  if (!isDnsLabel(system.name)) {
    faults.push({
      kind: "system-name",
      path: `${system.name}: name`,
      found: `"${system.name}"`,
      allowed: DNS,
      fix: "rename the system",
    });
  }
  if (system.name === EVERY_SYSTEM) {
    faults.push({
      kind: "system-name",
      path: `${system.name}: name`,
      found: `"${system.name}"`,
      allowed: `any name but ${EVERY_SYSTEM}, which stands for every system in the settings of dev`,
      fix: "rename the system",
    });
  }
  if (TAKEN_NAMESPACES.includes(system.name)) {
    faults.push({
      kind: "system-name",
      path: `${system.name}: name`,
      found: `"${system.name}"`,
      allowed: `any name but ${TAKEN_NAMESPACES.join(", ")}, which are namespaces of others`,
      fix: "rename the system",
    });
  }
  return [...faults, ...owners(system), ...correlationKey(system), ...checkServiceNames(system), ...eventNames(system)];
}

/** Alerts are sent to them by these names. */
function owners(system: System): Fault[] {
  const parts = servicesOf(system).flatMap(([name, { owner }]) =>
    owner === undefined ? [] : [{ path: at(system, name, "owner"), owner }],
  );
  return [{ path: `${system.name}: owner`, owner: system.owner }, ...parts].flatMap(({ path, owner }) =>
    unless(isDnsLabel(owner), {
      kind: "owner",
      path,
      found: `"${owner}"`,
      allowed: DNS,
      fix: "name the team that answers for it",
    }),
  );
}

/** Needed where there are events, and only there. */
function correlationKey({ name, correlationKey: key, events }: System): Fault[] {
  const place = {
    path: `${name}: correlationKey`,
    found: key === undefined ? "nothing, while there are events" : `"${key}"`,
  };
  if (events === undefined)
    // an empty list waits for its first event
    return unless(key === undefined, {
      ...place,
      kind: "correlation-key-unused",
      found: `${place.found}, while there are no events`,
      allowed: "a correlation key only with events",
      fix: "remove it, or describe the events that carry it",
    });
  return unless(key !== undefined && /^[a-z][A-Za-z0-9]*$/.test(key), {
    ...place,
    kind: "correlation-key",
    allowed: "a camelCase field name",
    fix: 'name the field every event carries, such as "orderId"',
  });
}

function eventNames(system: System): Fault[] {
  const malformed = Object.keys(system.events ?? {}).filter((event) => !/^([A-Z][a-z0-9]+)+$/.test(event));
  return malformed.map((event) => ({
    kind: "event-name",
    path: `${system.name}: events.${event}`,
    found: `"${event}"`,
    allowed: 'what happened, in PascalCase, such as "OrderPlaced"',
    fix: "rename the event",
  }));
}
