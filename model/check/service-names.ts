import type { Fault } from "../fault.ts";
import { databaseName, isDnsLabel, migratorOf } from "../names.ts";
import { databaseOf } from "../plan/uses.ts";
import type { System } from "../system.ts";
import { servicesOf } from "./place.ts";

/** What Kubernetes takes as a name, as faults say it. */
export const DNS = "a DNS label: lower-case letters, digits and '-', first a letter, at most 63";
/** Room for the longest ending that is put behind a service name ("-pods" plus Pulumi's and Kubernetes' random parts). */
const SERVICE_NAME_MAX = 40;
/** Names that the shared stores of a system, their Jobs, the stores' own schemas, users and words, and facts already have. */
const TAKEN = [
  ...["kafka", "mariadb", "postgres", "redis", "entry", "databases", "databases-postgres", "topics", "self"],
  ...["mysql", "sys", "root", "default", "public", "none", "template0", "template1"],
];

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
  return names.flatMap((name) => nameFault(`${system.name}/${name}`, name, system) ?? []);
}

/** The first thing that is wrong with a name; what comes after it would follow from it. */
function nameFault(path: string, name: string, system: System): Fault | undefined {
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
  const allowed = takenBy(name, system);
  return allowed === undefined
    ? undefined
    : { ...place, kind: "service-name-taken", allowed, fix: "rename the service" };
}

/** Which names are left, where somebody has this one already. */
function takenBy(name: string, { stores = {} }: System): string | undefined {
  const store = Object.entries(stores).find(
    ([other, word]) => !("existing" in word) && migratorOf(databaseOf(other, word)) === databaseName(name),
  );
  if (store !== undefined) return `any name but that of the user who changes the tables of the store "${store[0]}"`;
  return TAKEN.includes(name) ? `any name but ${TAKEN.join(", ")}` : undefined;
}
