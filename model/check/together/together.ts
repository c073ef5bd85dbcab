import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import { type ResourceName, resourceNames } from "./resource-names.ts";

/** Resources of one system that would be called the same. */
export function checkOwnNames(system: System): Fault[] {
  return collisions([{ system, names: resourceNames(system) }]);
}

/** The same between the systems of a stack; each fault names both and belongs to the one that stands later. */
export function checkTogether(systems: readonly System[]): Fault[] {
  const all = systems.map((system) => ({ system, names: resourceNames(system) }));
  const own = new Set(all.flatMap((one) => collisions([one])).map(({ found }) => found));
  return collisions(all).filter(({ found }) => !own.has(found));
}

function collisions(all: readonly { readonly system: System; readonly names: readonly ResourceName[] }[]): Fault[] {
  const first = new Map<string, ResourceName>();
  return all.flatMap(({ system, names }) =>
    names.flatMap((name) => {
      const key = `${name.among} ${name.name}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, name);
      return before === undefined || before.of === name.of ? [] : [collision(system, name, before)];
    }),
  );
}

function collision(system: System, name: ResourceName, before: ResourceName): Fault {
  return {
    kind: "names-collide",
    path: `${system.name}: name`,
    found: `"${name.name}", which is made for ${before.of} and for ${name.of}`,
    allowed: "names of systems, services and stores that stay apart when they are put together with a dash",
    fix: "rename one of the two; what runs already keeps its name, because another name is another resource",
  };
}
