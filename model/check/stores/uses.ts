import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import type { Use } from "../../words/store.ts";
import { at, list, servicesOf, unknownName, unless } from "../place.ts";
import { holdsTables } from "./tables.ts";

/** One part with one store. */
interface Usage {
  readonly service: string;
  readonly part: AnyPart;
  readonly store: string;
  readonly use: Use;
}

/** Uses of stores that are not there, shared without a reason, or changed by two. */
export function checkUses(system: System): Fault[] {
  const usages = servicesOf(system).flatMap(([service, part]) =>
    Object.entries(part.uses ?? {}).flatMap(([store, use]) => (use ? [{ service, part, store, use }] : [])),
  );
  const known = Object.keys(system.stores ?? {});
  return usages.flatMap((usage) => {
    const path = (field: string) => at(system, usage.service, `uses.${usage.store}${field}`);
    if (!known.includes(usage.store))
      return [unknownName("unknown-store", path(""), usage.store, known, "store of this system")];
    return [
      ...ofKind(path(".may"), system, usage),
      ...pool(path(".pool"), usage.use),
      ...shared(path(".shared"), usage, usages),
      ...changers(path(".may"), usage, usages),
    ];
  });
}

function ofKind(path: string, system: System, { store, use }: Usage): Fault[] {
  const kind = system.stores?.[store]?.kind ?? "";
  return unless(use.may !== "change" || holdsTables(system.stores?.[store]), {
    kind: "change-of-kind",
    path,
    found: `"change" of a ${kind}, which has no tables`,
    allowed: '"read" or "write"',
    fix: 'write "write"',
  });
}

function pool(path: string, { pool: written }: Use): Fault[] {
  return unless(written === undefined || written >= 1, {
    kind: "pool-size",
    path,
    found: String(written),
    allowed: "1 or more",
    fix: "write how many connections one replica may open",
  });
}

/** The most common hidden coupling: every user but the first gives the reason. */
function shared(path: string, { service, store, use }: Usage, usages: readonly Usage[]): Fault[] {
  const [first] = usages.filter((other) => other.store === store);
  return unless(use.shared !== undefined || first?.service === service, {
    kind: "shared-missing",
    path,
    found: `nothing, while ${first?.service} uses the store too`,
    allowed: "one sentence: why two services hang on one store",
    fix: `say it under \`shared\`, or give ${service} a store of its own`,
  });
}

/** Two programs that change tables undo each other's changes, unless each only adds what it needs at its own start and says so. */
function changers(path: string, { service, part, store, use }: Usage, usages: readonly Usage[]): Fault[] {
  const others = usages.filter((other) => other.store === store && other.use.may === "change");
  if (use.may !== "change" || others.length < 2) return [];
  const itself = part.migration !== undefined && "itself" in part.migration;
  return unless(itself, {
    kind: "two-changers",
    path,
    found: `"change" of ${service}, beside ${list(others.map((other) => other.service).filter((name) => name !== service))}`,
    allowed:
      "one service that changes the tables of a store, or several that each migrate `itself` and say why they share it",
    fix: 'write "write" for all but the one whose tables they are',
  });
}
