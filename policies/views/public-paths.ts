/** Paths that somebody outside may ask for. */

import type { Graph } from "../resources/graph.ts";
import type { Resource } from "../resources/resource.ts";
import type { GatewayRule, HttpRoute, Ingress } from "./routes.ts";

export interface PublicPath {
  /** Host and path as declared; the host is empty where the route holds for all. */
  readonly path: string;
  /** Property path of the declaration. */
  readonly where: string;
  readonly resource: Resource;
  readonly type: string;
  /** Empty where every method is meant. */
  readonly method: string;
}

/** Every path of every Ingress and HTTPRoute. */
export function publicPaths(graph: Graph): PublicPath[] {
  return [
    ...graph.of<Ingress["props"]>("Ingress").flatMap((ingress) => [...pathsOfIngress(ingress)]),
    ...graph.of<HttpRoute["props"]>("HTTPRoute").flatMap((route) => [...pathsOfRoute(route)]),
  ];
}

function* pathsOfIngress(ingress: Ingress): Iterable<PublicPath> {
  for (const [r, { host = "", http }] of (ingress.props.spec?.rules ?? []).entries()) {
    for (const [p, { path = "", pathType = "Prefix" }] of (http?.paths ?? []).entries()) {
      const where = `spec.rules[${r}].http.paths[${p}].path`;
      yield { path: `${host}${path}`, where, resource: ingress, type: pathType, method: "" };
    }
  }
}

function* pathsOfRoute(route: HttpRoute): Iterable<PublicPath> {
  const host = route.props.spec?.hostnames?.[0] ?? "";
  for (const [r, { matches = [] }] of (route.props.spec?.rules ?? []).entries()) {
    for (const [m, match] of matches.entries()) {
      const where = `spec.rules[${r}].matches[${m}].path`;
      yield { path: `${host}${match.path?.value ?? "/"}`, where, resource: route, ...conditionsOf(match) };
    }
  }
}

function conditionsOf({ path, method }: NonNullable<GatewayRule["matches"]>[number]): {
  readonly type: string;
  readonly method: string;
} {
  return { type: path?.type ?? "PathPrefix", method: method ?? "" };
}
