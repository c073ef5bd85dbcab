import { planMigration } from "../../plan/program/migration.ts";
import { parseRoute } from "../../plan/edges/route.ts";
import { planUses } from "../../plan/uses.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import { servicesOf } from "../place.ts";
import { takenNames } from "../taken.ts";

/** A name that a resource has in its stack, and what it is made for. */
export interface ResourceName {
  /** Resources of different kinds may have the same name. */
  readonly among: "service" | "job" | "route" | "store";
  readonly name: string;
  /** Such as `"shop/order" with its migration`. */
  readonly of: string;
}

/**
 * Names that resources of a system have in its stack. They are put together with dashes, which names have too: what is
 * made for "order" and "order-files" of one system, or for "shop/b-c" and "shop-b/c" of two, could be called the same.
 */
export function resourceNames(system: System): ResourceName[] {
  return [...servicesOf(system).flatMap(([name, part]) => ofPart(system, name, part)), ...ofStores(system)];
}

function ofPart(system: System, name: string, part: AnyPart): ResourceName[] {
  const among = part.kind === "job" ? "job" : "service";
  const own = `${system.name}-${name}`;
  const path = `"${system.name}/${name}"`;
  const when = (there: boolean, ending: string, what: string): ResourceName[] =>
    there ? [{ among, name: `${own}-${ending}`, of: `${path} with its ${what}` }] : [];
  const hosts = (part.routes ?? []).flatMap((route) => parseRoute(route).host ?? []);
  const route = { among: "route", name: `${system.name}-gateway-${name}`, of: `the routes of ${path}` } as const;
  return [
    { among, name: own, of: path },
    ...when(planMigration(part, planUses(system, part.uses ?? {})) !== null, "migration", "migration"),
    ...when(Object.keys(part.files ?? {}).length > 0, "files", "files"),
    ...when((part.mayAlso ?? []).length > 0, "own", "rights in the cloud"),
    ...Object.keys(part.beside ?? {}).flatMap((beside) => when(true, beside, `second program "${beside}"`)),
    ...((part.routes ?? []).length > 0 ? [route] : []),
    ...[...new Set(hosts)].map((host) => ({ ...route, name: `${route.name}-${host}`, of: `${route.of} at "${host}"` })),
  ];
}

/** What stands beside the programs in a cluster of one machine. */
function ofStores(system: System): ResourceName[] {
  const own = (name: string, of: string): ResourceName => ({ among: "store", name: `${system.name}-${name}`, of });
  const made = Object.entries(system.stores ?? {}).flatMap(([name, store]) =>
    "existing" in store || store.kind !== "redis" ? [] : [own(name, `the store "${name}" of "${system.name}"`)],
  );
  const brought = takenNames(system).filter(({ name }) => name !== "self" && name !== "exporter");
  return [
    { among: "store", name: system.name, of: `the namespace of "${system.name}"` },
    ...["deny", "dns"].map((rule) => own(rule, `a network rule of "${system.name}"`)),
    ...brought.map(({ name, by }) => own(name, `"${system.name}", of which it is ${by}`)),
    ...made,
  ];
}
