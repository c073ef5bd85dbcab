import type { Fault } from "../../fault.ts";
import { planAnswers } from "../../plan/edges/answers.ts";
import type { System } from "../../system.ts";
import { at, unless } from "../place.ts";
import type { PublicRoute } from "./route.ts";

/** A scope as tokens carry it (RFC 6749, 3.3): no space, no quote, no backslash. */
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** Scopes that no token can have, questions that nobody answers, and ways around them. */
export function checkAccess(system: System, routes: readonly PublicRoute[]): Fault[] {
  return [
    ...routes.flatMap((route) => [...scopes(system, route), ...unanswered(system, route)]),
    ...routes.flatMap((strict) => waysAround(system, strict, routes)),
    ...unused(system, routes),
  ];
}

function scopes(system: System, { service, text, scopes: named }: PublicRoute): Fault[] {
  const wrong = (named ?? []).filter((scope, index, all) => !SCOPE.test(scope) || all.indexOf(scope) !== index);
  return wrong.map((scope) => ({
    kind: SCOPE.test(scope) ? "access-scope-twice" : "access-scope",
    path: at(system, service, "routes"),
    found: `the scope "${scope}" of "${text}"`,
    allowed: "each scope once, in one word without quotes, as tokens carry it",
    fix: 'write scopes such as "orders:write", each in a text of its own',
  }));
}

function unanswered(system: System, { service, text, scopes: asked }: PublicRoute): Fault[] {
  return unless(asked === null || system.signIn !== undefined, {
    kind: "access-without-sign-in",
    path: at(system, service, "routes"),
    found: `"${text}", which asks who its caller is, while nobody says who signs callers in`,
    allowed: "a route for signed-in callers only beside `signIn` of the system",
    fix: `add \`signIn: { audience: "${system.name}" }\` to the system, or let anyone call the route`,
  });
}

/** An open route that leads past the one that asks: to the same place in the program, by another path or method. */
function waysAround(system: System, strict: PublicRoute, routes: readonly PublicRoute[]): Fault[] {
  if (strict.scopes === null) return [];
  const around = routes.filter((open) => open.scopes === null && leadsAround(open, strict));
  return around.map((open) => ({
    kind: "access-way-around",
    path: at(system, strict.service, "routes"),
    found: `"${open.text}" for anyone, which leads to what "${strict.text}" asks for a sign-in`,
    allowed: "one answer to who may call what a program shows, whatever the way to it",
    fix: "ask for the same at both, or let the open one lead elsewhere",
  }));
}

function leadsAround(open: PublicRoute, strict: PublicRoute): boolean {
  const rest = restBelow(seenPath(strict), seenPath(open));
  if (open.service !== strict.service || answerName(open) !== answerName(strict) || rest === undefined) return false;
  const methodsMeet = open.method === null || strict.method === null || open.method === strict.method;
  if (joined(open.path, rest) !== strict.path || open.host !== strict.host) return methodsMeet;
  // The same public path: the narrower one takes the request, unless it is for some methods only.
  return open.path !== strict.path && strict.method !== null && open.method !== strict.method;
}

const seenPath = ({ as, path }: PublicRoute): string => as ?? path;
const answerName = ({ answer, part }: PublicRoute): string | undefined => answer ?? planAnswers(part)[0]?.name;
const joined = (path: string, rest: string): string => (path === "/" ? rest || "/" : path + rest);

/** What of a path is below another one: "" for the same, undefined for one that is elsewhere. */
function restBelow(path: string, above: string): string | undefined {
  if (path === above) return "";
  if (above === "/") return path;
  return path.startsWith(`${above}/`) ? path.slice(above.length) : undefined;
}

function unused(system: System, routes: readonly PublicRoute[]): Fault[] {
  return unless(system.signIn === undefined || routes.some(({ scopes: asked }) => asked !== null), {
    kind: "sign-in-unused",
    path: `${system.name}: signIn`,
    found: "who signs callers in, while every route lets anyone in",
    allowed: "`signIn` only where a route asks who its caller is",
    fix: "remove it, or write `access: { signedIn: [] }` at the routes that belong to somebody",
  });
}
