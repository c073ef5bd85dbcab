import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import { isDeclined } from "../../words/declined.ts";
import { at, servicesOf } from "../place.ts";

/** Services that no route, caller or event ever reaches, and systems without an entry. */
export function checkReachability(system: System): Fault[] {
  const services = servicesOf(system);
  const called = new Set(services.flatMap(([, { calls = {} }]) => Object.keys(calls)));
  const idle = services.filter(
    ([name, { kind = "service", routes = [], consumes = [] }]) =>
      kind === "service" && routes.length + consumes.length === 0 && !called.has(name),
  );
  const faults = idle.map(([name]) => ({
    kind: "unreachable-service",
    path: at(system, name, "routes"),
    found: "no route, no caller, no event that it consumes",
    allowed: "at least one of them",
    fix: "connect the service, or remove it",
  }));
  if (isDeclined(system.entry) || services.length === 0 || services.some(([, { routes = [] }]) => routes.length > 0))
    return faults;
  return [
    ...faults,
    {
      kind: "no-entry",
      path: `${system.name}: services`,
      found: "no route in any service",
      allowed: "at least one route",
      fix: "give the service that users talk to a route, or decline the entry with the reason",
    },
  ];
}
