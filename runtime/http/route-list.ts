import type { FastifySchema } from "fastify";
import type { Http } from "./http.ts";

/** One route as callers see it, with the JSON Schemas of what it takes and answers. */
export interface ListedRoute {
  readonly method: string;
  readonly path: string;
  readonly schema: FastifySchema;
}

/** Every route that is added from now on, in their order; HEAD comes with each GET and is none of its own. */
export function listRoutes(app: Http): readonly ListedRoute[] {
  const routes: ListedRoute[] = [];
  app.addHook("onRoute", ({ method, url, schema = {} }) => {
    for (const one of [method].flat()) if (one !== "HEAD") routes.push({ method: one, path: url, schema });
  });
  return routes;
}
