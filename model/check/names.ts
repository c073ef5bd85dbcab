import type { Fault } from "../fault.ts";
import { isDnsLabel } from "../names.ts";
import type { System } from "../system.ts";
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
  if (TAKEN_NAMESPACES.includes(system.name)) {
    faults.push({
      kind: "system-name",
      path: `${system.name}: name`,
      found: `"${system.name}"`,
      allowed: `any name but ${TAKEN_NAMESPACES.join(", ")}, which are namespaces of others`,
      fix: "rename the system",
    });
  }
  if (!isDnsLabel(system.owner)) {
    faults.push({
      kind: "owner",
      path: `${system.name}: owner`,
      found: `"${system.owner}"`,
      allowed: DNS,
      fix: "name the team that answers for the system",
    });
  }
  return [...faults, ...correlationKey(system), ...checkServiceNames(system), ...eventNames(system)];
}

/** Needed where there are events, and only there. */
function correlationKey({ name, correlationKey: key, events = {} }: System): Fault[] {
  if (key === undefined ? Object.keys(events).length === 0 : /^[a-z][A-Za-z0-9]*$/.test(key)) return [];
  return [
    {
      kind: "correlation-key",
      path: `${name}: correlationKey`,
      found: key === undefined ? "nothing, while there are events" : `"${key}"`,
      allowed: "a camelCase field name",
      fix: 'name the field every event carries, such as "orderId"',
    },
  ];
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
