import type { Fault } from "../../fault.ts";
import { planAnswers } from "../../plan/edges/answers.ts";
import type { System } from "../../system.ts";
import { at } from "../place.ts";
import type { PublicRoute } from "./route.ts";

/** Routes that stand in each other's way: two for one request, or two ways to one path of a program. */
export function checkCollisions(system: System, routes: readonly PublicRoute[]): Fault[] {
  return routes.flatMap((route, index) => {
    const before = routes.slice(0, index).filter((other) => overlap(other, route));
    const first = before.find(({ path }) => path === route.path);
    if (first) return [twice(system, route, first)];
    const shown = before.find(
      (other) => other.service === route.service && seen(other) === seen(route) && (other.as ?? route.as) !== null,
    );
    return shown ? [shownTwice(system, route, shown)] : [];
  });
}

function overlap(a: PublicRoute, b: PublicRoute): boolean {
  return a.host === b.host && (a.method === null || b.method === null || a.method === b.method);
}

/** What the program sees, and at which of its answers. */
function seen({ path, as, part, answer }: PublicRoute): string {
  return `${answer ?? planAnswers(part)[0]?.name} ${as ?? path}`;
}

function twice(system: System, route: PublicRoute, first: PublicRoute): Fault {
  return {
    kind: "duplicate-route",
    path: at(system, route.service, "routes"),
    found: `"${route.text}", which ${first.service} has too`,
    allowed: "each route once",
    fix: `remove it from ${first.service} or ${route.service}`,
  };
}

function shownTwice(system: System, route: PublicRoute, first: PublicRoute): Fault {
  return {
    kind: "route-as-collides",
    path: at(system, route.service, "routes"),
    found: `"${route.text}", while "${first.text}" leads to the same "${route.as ?? route.path}" of the program`,
    allowed: "one public path for each path of a program: limits and figures are counted by it",
    fix: "remove one of them, or let `as` lead elsewhere",
  };
}
