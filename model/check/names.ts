import type { Fault } from "../fault.ts";
import { isDnsLabel } from "../names.ts";
import type { System } from "../system.ts";
import { at, servicesOf } from "./place.ts";

const DNS = "a DNS label: lower-case letters, digits and '-', first a letter, at most 63";
/** Room for the longest ending that is put behind a service name ("-pods" plus Pulumi's and Kubernetes' random parts). */
const SERVICE_NAME_MAX = 40;
/** Names that the shared stores of a system, their Jobs and the database's own schemas and users already have. */
const TAKEN = ["kafka", "mariadb", "entry", "databases", "topics", "mysql", "sys", "root"];
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
/** Ending of the database user that may change a service's tables; the service itself has the plain name. */
const OWNER_ENDING = "-owner";

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
  if (system.owner.trim() === "" || !isDnsLabel(system.owner)) {
    faults.push({
      kind: "owner",
      path: `${system.name}: owner`,
      found: `"${system.owner}"`,
      allowed: DNS,
      fix: "name the team that answers for the system",
    });
  }
  if (!/^[a-z][A-Za-z0-9]*$/.test(system.correlationKey)) {
    faults.push({
      kind: "correlation-key",
      path: `${system.name}: correlationKey`,
      found: `"${system.correlationKey}"`,
      allowed: "a camelCase field name",
      fix: 'name the field every event carries, such as "orderId"',
    });
  }
  return [...faults, ...serviceNames(system), ...eventNames(system)];
}

function serviceNames(system: System): Fault[] {
  const names = servicesOf(system).map(([name]) => name);
  if (names.length === 0) {
    return [
      {
        kind: "no-services",
        path: `${system.name}: services`,
        found: "none",
        allowed: "one or more",
        fix: "describe the first service",
      },
    ];
  }
  return names.flatMap((name) => {
    const place = { path: `${system.name}/${name}`, found: `"${name}"` };
    if (!isDnsLabel(name)) return [{ ...place, kind: "service-name", allowed: DNS, fix: "rename the service" }];
    if (name.length > SERVICE_NAME_MAX) {
      return [
        {
          ...place,
          kind: "service-name-length",
          found: `${name.length} letters`,
          allowed: `at most ${SERVICE_NAME_MAX}`,
          fix: "shorten the name",
        },
      ];
    }
    const user = name.endsWith(OWNER_ENDING) ? name.slice(0, -OWNER_ENDING.length) : undefined;
    if (user !== undefined && names.includes(user)) {
      return [
        {
          ...place,
          kind: "service-name-taken",
          allowed: `any name that does not end in ${OWNER_ENDING} beside "${user}", whose database has such a user`,
          fix: "rename the service",
        },
      ];
    }
    return TAKEN.includes(name)
      ? [
          {
            ...place,
            kind: "service-name-taken",
            allowed: `any name but ${TAKEN.join(", ")}`,
            fix: "rename the service",
          },
        ]
      : [];
  });
}

function eventNames(system: System): Fault[] {
  const malformed = Object.keys(system.events).filter((event) => !/^([A-Z][a-z0-9]+)+$/.test(event));
  const names = malformed.map((event) => ({
    kind: "event-name",
    path: `${system.name}: events.${event}`,
    found: `"${event}"`,
    allowed: 'what happened, in PascalCase, such as "OrderPlaced"',
    fix: "rename the event",
  }));
  const purposes = servicesOf(system)
    .filter(([, service]) => service.purpose.trim() === "")
    .map(([name]) => ({
      kind: "purpose",
      path: at(system, name, "purpose"),
      found: "nothing",
      allowed: "one sentence",
      fix: "say what the service decides or keeps",
    }));
  return [...names, ...purposes];
}
