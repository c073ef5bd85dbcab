import type { Fault } from "../../fault.ts";
import { parseRoute, routeText } from "../../plan/edges/route.ts";
import { MEMORY_UNITS, parseBytes } from "../../quantity.ts";
import type { System } from "../../system.ts";
import { isDeclined } from "../../words/declined.ts";
import { at, servicesOf, unless } from "../place.ts";
import { checkAccess } from "./access.ts";
import { checkCollisions } from "./collisions.ts";
import { checkRoute } from "./route.ts";
import { checkSignIn } from "./sign-in.ts";

/** Routes that are malformed, taken twice or reserved, lead nowhere or to nobody, and limits that cannot hold. */
export function checkEntry(system: System): Fault[] {
  const routes = servicesOf(system).flatMap(([service, part]) =>
    (part.routes ?? []).map((written) => {
      const route = parseRoute(written);
      return { service, part, text: routeText(route), ...route };
    }),
  );
  return [
    ...routes.flatMap((route) => checkRoute(system, route)),
    ...checkCollisions(system, routes),
    ...checkAccess(system, routes),
    ...checkSignIn(system),
    ...closed(system),
    ...limits(system),
  ];
}

/** Routes of a system that nobody outside may ask. */
function closed(system: System): Fault[] {
  if (!isDeclined(system.entry)) return [];
  return servicesOf(system)
    .filter(([, { routes = [] }]) => routes.length > 0)
    .map(([service]) => ({
      kind: "routes-without-entry",
      path: at(system, service, "routes"),
      found: "routes, while the system declines its entry",
      allowed: "routes only with an entry",
      fix: "give the system an `entry` with its limits, or remove the routes",
    }));
}

function limits({ name, entry }: System): Fault[] {
  if (isDeclined(entry)) return [];
  const { rateLimit, maxBody } = entry;
  return [
    ...unless(rateLimit.perSecond > 0, {
      kind: "rate-limit",
      path: `${name}: entry.rateLimit.perSecond`,
      found: String(rateLimit.perSecond),
      allowed: "more than 0",
      fix: "set the requests a second one client may make",
    }),
    ...unless(rateLimit.burst >= rateLimit.perSecond, {
      kind: "rate-burst",
      path: `${name}: entry.rateLimit.burst`,
      found: String(rateLimit.burst),
      allowed: `at least perSecond (${rateLimit.perSecond})`,
      fix: "raise the burst",
    }),
    ...unless(Boolean(parseBytes(maxBody)), {
      kind: "max-body",
      path: `${name}: entry.maxBody`,
      found: `"${maxBody}"`,
      allowed: `a whole number with ${MEMORY_UNITS}`,
      fix: 'write a size such as "64Ki"',
    }),
  ];
}
