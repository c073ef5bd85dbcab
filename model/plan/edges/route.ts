import type { PublicPath } from "../../words/service.ts";

/** Paths that are for the platform, never for the public (checklist item 34). */
export const RESERVED: readonly string[] = ["/healthz", "/metrics", "/faults", "/actuator"];

/** A public path in its parts; null for what is not said. */
export interface ParsedRoute {
  readonly method: string | null;
  readonly path: string;
  /** Name in front of the system's domain. */
  readonly host: string | null;
  /** What the program sees instead of the path. */
  readonly as: string | null;
  readonly answer: string | null;
  /** Scopes that a caller's token must have, all of them; null where anyone may call. */
  readonly scopes: readonly string[] | null;
}

/** Splits "GET /payments" into method and path. */
export function parseRoute(route: PublicPath): ParsedRoute {
  const { path: text, access, host = null, as = null, answer = null } = route;
  const [first = "", second] = text.split(" ");
  return {
    ...(second === undefined ? { method: null, path: first } : { method: first, path: second }),
    host,
    as,
    answer,
    scopes: access === "anyone" ? null : access.signedIn,
  };
}

/** A route as people write it: "GET shop./payments as /". */
export function routeText({ method, path, host, as }: Omit<ParsedRoute, "scopes">): string {
  return `${method === null ? "" : `${method} `}${host === null ? "" : `${host}.`}${path}${as === null ? "" : ` as ${as}`}`;
}
