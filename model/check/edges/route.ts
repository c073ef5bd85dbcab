import type { Fault } from "../../fault.ts";
import { isDnsLabel } from "../../names.ts";
import { answerOf, planAnswers } from "../../plan/edges/answers.ts";
import { type ParsedRoute, RESERVED } from "../../plan/edges/route.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, list, unknownName, unless } from "../place.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** A public path with the service that answers it. */
export interface PublicRoute extends ParsedRoute {
  readonly service: string;
  readonly part: AnyPart;
  readonly text: string;
}

type Found = Pick<Fault, "path" | "found">;

/** What is wrong with one route alone. */
export function checkRoute(system: System, route: PublicRoute): Fault[] {
  const place = { path: at(system, route.service, "routes"), found: `"${route.text}"` };
  const { method } = route;
  return [
    ...unless(method === null || METHODS.includes(method), {
      ...place,
      kind: "route-method",
      allowed: METHODS.join(", "),
      fix: "name one method, or none for all",
    }),
    ...paths(place, route),
    ...unless(route.host === null || isDnsLabel(route.host), {
      ...place,
      kind: "route-host",
      allowed: "one DNS label, which stands in front of the system's own domain: lower-case letters, digits and '-'",
      fix: 'write a name such as "admin"',
    }),
    ...target(place, route),
  ];
}

function paths(place: Found, { path, as }: PublicRoute): Fault[] {
  return [
    ...unless(isRoutePath(path), {
      ...place,
      kind: "route-path",
      allowed: 'a path such as "/orders", or "/" for everything: no wildcard, no closing slash',
      fix: "write the first part of the paths the service answers",
    }),
    ...unless(as === null || isRoutePath(as), {
      ...place,
      kind: "route-as",
      allowed: 'the path that the program sees, such as "/" or "/orders": no wildcard, no closing slash',
      fix: 'begin `as` with "/"',
    }),
    ...unless(![path, as].some((one) => one !== null && isReserved(one)), {
      ...place,
      kind: "route-reserved",
      allowed: `any path not below ${RESERVED.join(", ")}`,
      fix: "keep it inside the cluster",
    }),
  ];
}

/** Whether a path can be a route's; a name in it may begin with one dot, as "/.well-known" does. */
export function isRoutePath(path: string): boolean {
  return path === "/" || /^(\/\.?[\w~-][\w.~-]*)+$/.test(path);
}

function isReserved(path: string): boolean {
  return RESERVED.some((reserved) => path === reserved || path.startsWith(`${reserved}/`));
}

/** Whether its service has an answer that the entry can bring to the public. */
function target(place: Found, { service, part, method, as, answer: named }: PublicRoute): Fault[] {
  const answers = planAnswers(part);
  if (answers.length === 0) return []; // told where the answers are missing
  const answer = answerOf(answers, named ?? undefined);
  const names = answers.map(({ name }) => name);
  if (answer === undefined)
    return [unknownName("route-answer", place.path, named ?? "", names, `answer of ${service}`)];
  const readable = answers.filter(({ protocol }) => protocol !== "tcp").map(({ name }) => name);
  return [
    ...unless(answer.protocol !== "tcp", {
      ...place,
      kind: "route-to-tcp",
      found: `${place.found} to "${answer.name}", which speaks tcp`,
      allowed: `an answer that the entry understands: ${list(readable)}`,
      fix: "name an http or grpc answer under `answer`, or keep it inside the cluster",
    }),
    ...unless(answer.protocol !== "grpc" || (method === null && as === null), {
      ...place,
      kind: "route-of-grpc",
      found: `${place.found}, while "${answer.name}" speaks grpc`,
      allowed:
        "a path alone: every gRPC call is a POST to /<package>.<service>/<method>, and clients cannot ask elsewhere",
      fix: "remove the method and `as`",
    }),
  ];
}
