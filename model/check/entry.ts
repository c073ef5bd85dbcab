import type { Fault } from "../fault.ts";
import { type ParsedRoute, parseRoute, routeText } from "../plan/edges/route.ts";
import { MEMORY_UNITS, parseBytes } from "../quantity.ts";
import type { System } from "../system.ts";
import { isDeclined } from "../words/declined.ts";
import { at, servicesOf } from "./place.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** Paths that are for the platform, never for the public (checklist item 34). */
const RESERVED = ["/healthz", "/metrics", "/faults", "/actuator"];

interface Route extends ParsedRoute {
  readonly service: string;
  readonly text: string;
}

/** Routes that are malformed, taken twice or reserved, and limits that cannot hold. */
export function checkEntry(system: System): Fault[] {
  const routes = servicesOf(system).flatMap(([service, { routes: texts = [] }]) =>
    texts.map((route) => ({ service, text: routeText(parseRoute(route)), ...parseRoute(route) })),
  );
  return [...routes.flatMap((route) => checkRoute(system, route)), ...duplicates(system, routes), ...limits(system)];
}

function checkRoute(system: System, { service, text, method, path }: Route): Fault[] {
  const place = { path: at(system, service, "routes"), found: `"${text}"` };
  if (method !== null && !METHODS.includes(method)) {
    return [{ ...place, kind: "route-method", allowed: METHODS.join(", "), fix: "name one method, or none for all" }];
  }
  if (path !== "/" && !/^(\/[\w~-][\w.~-]*)+$/.test(path)) {
    return [
      {
        ...place,
        kind: "route-path",
        allowed: 'a path such as "/orders", or "/" for everything: no wildcard, no closing slash',
        fix: "write the first part of the paths the service answers",
      },
    ];
  }
  return RESERVED.some((reserved) => path === reserved || path.startsWith(`${reserved}/`))
    ? [
        {
          ...place,
          kind: "route-reserved",
          allowed: `any path not below ${RESERVED.join(", ")}`,
          fix: "keep it inside the cluster",
        },
      ]
    : [];
}

function duplicates(system: System, routes: readonly Route[]): Fault[] {
  return routes.flatMap((route, index) => {
    const first = routes
      .slice(0, index)
      .find(
        (other) =>
          other.path === route.path &&
          other.host === route.host &&
          (other.method === null || route.method === null || other.method === route.method),
      );
    return first
      ? [
          {
            kind: "duplicate-route",
            path: at(system, route.service, "routes"),
            found: `"${route.text}", which ${first.service} has too`,
            allowed: "each route once",
            fix: `remove it from ${first.service} or ${route.service}`,
          },
        ]
      : [];
  });
}

function limits({ name, entry }: System): Fault[] {
  if (isDeclined(entry)) return [];
  const { rateLimit, maxBody } = entry;
  const faults: Fault[] = [];
  if (!(rateLimit.perSecond > 0)) {
    faults.push({
      kind: "rate-limit",
      path: `${name}: entry.rateLimit.perSecond`,
      found: String(rateLimit.perSecond),
      allowed: "more than 0",
      fix: "set the requests a second one client may make",
    });
  }
  if (!(rateLimit.burst >= rateLimit.perSecond)) {
    faults.push({
      kind: "rate-burst",
      path: `${name}: entry.rateLimit.burst`,
      found: String(rateLimit.burst),
      allowed: `at least perSecond (${rateLimit.perSecond})`,
      fix: "raise the burst",
    });
  }
  if (!parseBytes(maxBody)) {
    faults.push({
      kind: "max-body",
      path: `${name}: entry.maxBody`,
      found: `"${maxBody}"`,
      allowed: `a whole number with ${MEMORY_UNITS}`,
      fix: 'write a size such as "64Ki"',
    });
  }
  return faults;
}
