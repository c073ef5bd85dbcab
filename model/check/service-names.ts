import type { Fault } from "../fault.ts";
import { isDnsLabel } from "../names.ts";
import type { System } from "../system.ts";
import { servicesOf } from "./place.ts";

/** What Kubernetes takes as a name, as faults say it. */
export const DNS = "a DNS label: lower-case letters, digits and '-', first a letter, at most 63";
/** Room for the longest ending that is put behind a service name ("-pods" plus Pulumi's and Kubernetes' random parts). */
const SERVICE_NAME_MAX = 40;
/** Names that the shared stores of a system, their Jobs and the stores' own schemas, users and words already have. */
const TAKEN = [
  ...["kafka", "mariadb", "postgres", "redis", "entry", "databases", "databases-postgres", "topics"],
  ...["mysql", "sys", "root", "default", "public", "none", "template0", "template1"],
];
/** Ending of the database user that may change a service's tables; the service itself has the plain name. */
const OWNER_ENDING = "-owner";

/** A system without services, and services whose names are refused, too long or somebody else's. */
export function checkServiceNames(system: System): Fault[] {
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
  return names.flatMap((name) => nameFault(`${system.name}/${name}`, name, names) ?? []);
}

/** The first thing that is wrong with a name; what comes after it would follow from it. */
function nameFault(path: string, name: string, names: readonly string[]): Fault | undefined {
  const place = { path, found: `"${name}"` };
  if (!isDnsLabel(name)) return { ...place, kind: "service-name", allowed: DNS, fix: "rename the service" };
  if (name.length > SERVICE_NAME_MAX) {
    return {
      path,
      kind: "service-name-length",
      found: `${name.length} letters`,
      allowed: `at most ${SERVICE_NAME_MAX}`,
      fix: "shorten the name",
    };
  }
  const allowed = takenBy(name, names);
  return allowed === undefined
    ? undefined
    : { ...place, kind: "service-name-taken", allowed, fix: "rename the service" };
}

/** Which names are left, where somebody has this one already. */
function takenBy(name: string, names: readonly string[]): string | undefined {
  const user = name.endsWith(OWNER_ENDING) ? name.slice(0, -OWNER_ENDING.length) : undefined;
  if (user !== undefined && names.includes(user))
    return `any name that does not end in ${OWNER_ENDING} beside "${user}", whose database has such a user`;
  return TAKEN.includes(name) ? `any name but ${TAKEN.join(", ")}` : undefined;
}
