import type { Fault } from "../../fault.ts";
import { isOnKit } from "../../plan/program/source.ts";
import { SQL_KINDS } from "../../plan/uses.ts";
import type { System } from "../../system.ts";
import { at, list, servicesOf, unless } from "../place.ts";

/** Services on the kit without a database: its outbox, its inbox and its migrations have no other place, and it refuses to start. */
export function checkKitStores(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    const used = Object.keys(part.uses ?? {}).filter((store) => system.stores?.[store] !== undefined);
    const database = used.some((store) => SQL_KINDS.includes(system.stores?.[store]?.kind ?? ""));
    const service = isOnKit(part) && (part.kind ?? "service") === "service";
    return unless(!service || database, {
      kind: "kit-without-database",
      path: at(system, name, "uses"),
      found: used.length === 0 ? "no store of a service on the kit" : `${list(used)}, none of them a database`,
      allowed: `one store of kind ${SQL_KINDS.join(" or ")}, for the outbox, the inbox and the tables of the service`,
      fix: 'add a database under `stores` and write it here with may: "write"',
    });
  });
}
