import type { Fault } from "../fault.ts";
import { databaseName, isDnsLabel, migratorOf } from "../names.ts";
import { databaseOf } from "../plan/uses.ts";
import type { System } from "../system.ts";
import type { AnyPart } from "../words/service.ts";
import { servicesOf } from "./place.ts";
import { takenContainers, takenNames, takenUser, type Taken } from "./taken.ts";

/** What Kubernetes takes as a name, as faults say it. */
export const DNS = "a DNS label: lower-case letters, digits and '-', first a letter, at most 63";
/** Room for the longest ending that is put behind a service name ("-pods" plus Pulumi's and Kubernetes' random parts). */
const SERVICE_NAME_MAX = 40;
/** A system without services, and services whose names are refused, too long or somebody else's. */
export function checkServiceNames(system: System): Fault[] {
  const services = servicesOf(system);
  if (services.length === 0) {
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
  return services.flatMap(([name, part]) => nameFault(`${system.name}/${name}`, name, part, system) ?? []);
}

/** The first thing that is wrong with a name; what comes after it would follow from it. */
function nameFault(path: string, name: string, part: AnyPart, system: System): Fault | undefined {
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
  const taken = takenBy(name, part, system);
  return (
    taken && {
      path,
      kind: "service-name-taken",
      found: `"${name}", which is ${taken.by}`,
      allowed: "a name that nobody else in this system has",
      fix: `call it "${name}-server" or what it is for; who expects another name is told the address by fact("${name}-server", "address")`,
    }
  );
}

/** Who in this system has this name already. */
function takenBy(name: string, part: AnyPart, system: System): Taken | undefined {
  const store = Object.entries(system.stores ?? {}).find(
    ([other, word]) => !("existing" in word) && migratorOf(databaseOf(other, word)) === databaseName(name),
  );
  if (store !== undefined) return { name, by: `the user who changes the tables of the store "${store[0]}"` };
  const others = [...takenNames(system), ...takenContainers(system)];
  return others.find((taken) => taken.name === name) ?? takenUser(name, part, system);
}
