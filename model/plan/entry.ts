import { DEFAULTS } from "../defaults.ts";
import { PORT } from "../names.ts";
import { parseBytes } from "../quantity.ts";
import type { System } from "../system.ts";

/** One public path; `method` is null where every method may pass. */
export interface RoutePlan {
  readonly path: string;
  readonly method: string | null;
  readonly service: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** The one public entry of a system. */
export interface EntryPlan {
  readonly routes: readonly RoutePlan[];
  readonly rateLimit: { readonly perSecond: number; readonly burst: number };
  readonly maxBodyBytes: number;
}

/** Public routes, longest path first, so that no path hides a more exact one. */
export function planEntry(system: System): EntryPlan {
  const routes = Object.entries(system.services).flatMap(([service, { routes = [] }]) =>
    routes.map((route) => ({
      ...parseRoute(route),
      service,
      port: PORT.http,
      timeoutMs: DEFAULTS.objective.routeTimeoutMs.value,
    })),
  );
  return {
    routes: routes.toSorted((a, b) => b.path.length - a.path.length || a.path.localeCompare(b.path)),
    rateLimit: system.entry.rateLimit,
    maxBodyBytes: parseBytes(system.entry.maxBody) ?? 0,
  };
}

/** Splits "GET /payments" into method and path. */
export function parseRoute(route: string): { readonly method: string | null; readonly path: string } {
  const [first = "", second] = route.split(" ");
  return second === undefined ? { method: null, path: first } : { method: first, path: second };
}
