import type { Route } from "../../words/service.ts";

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
}

/** Splits "GET /payments" into method and path. */
export function parseRoute(route: Route): ParsedRoute {
  const { path: text, host = null, as = null, answer = null } = typeof route === "string" ? { path: route } : route;
  const [first = "", second] = text.split(" ");
  return {
    ...(second === undefined ? { method: null, path: first } : { method: first, path: second }),
    host,
    as,
    answer,
  };
}

/** A route as people write it: "GET shop./payments as /". */
export function routeText({ method, path, host, as }: ParsedRoute): string {
  return `${method === null ? "" : `${method} `}${host === null ? "" : `${host}.`}${path}${as === null ? "" : ` as ${as}`}`;
}
