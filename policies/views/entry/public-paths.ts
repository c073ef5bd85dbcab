/** Paths that somebody outside may ask for. */

import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import type { Condition, HttpRoute, Ingress } from "./routes.ts";

export interface PublicPath {
  /** Host and path as declared; the host is empty where the route holds for all. */
  readonly path: string;
  /** What the program is asked for: the same, unless the whole path is rewritten. */
  readonly leadsTo: string;
  /** Property path of the declaration. */
  readonly where: string;
  readonly resource: Resource;
  /** All that decides whether this declaration or another one gets a request, once for each way in. */
  readonly identities: readonly string[];
}

/** Every path of every Ingress and HTTPRoute. */
export function publicPaths(graph: Graph): PublicPath[] {
  return [
    ...graph.of<Ingress["props"]>("Ingress").flatMap((ingress) => [...pathsOfIngress(ingress)]),
    ...graph.of<HttpRoute["props"]>("HTTPRoute").flatMap((route) => [...pathsOfRoute(route)]),
  ];
}

function* pathsOfIngress(ingress: Ingress): Iterable<PublicPath> {
  const { metadata, namespace, props } = ingress;
  const canary = metadata.annotations?.["nginx.ingress.kubernetes.io/canary"] === "true" ? ingress.name : "";
  for (const [r, { host = "", http }] of (props.spec?.rules ?? []).entries()) {
    for (const [p, { path = "", pathType = "Prefix" }] of (http?.paths ?? []).entries()) {
      const where = `spec.rules[${r}].http.paths[${p}].path`;
      const entry = ["Ingress", namespace, props.spec?.ingressClassName, canary, pathType, host, plain(path)];
      yield { path: `${host}${path}`, leadsTo: path, where, resource: ingress, identities: [entry.join(" ")] };
    }
  }
}

function* pathsOfRoute(route: HttpRoute): Iterable<PublicPath> {
  const { hostnames = [], parentRefs = [], rules = [] } = route.props.spec ?? {};
  const parents = (parentRefs.length > 0 ? parentRefs : [{}]).map(
    ({ namespace = route.namespace, name, sectionName, port }) => [namespace, name, sectionName, port].join("/"),
  );
  const hosts = hostnames.length > 0 ? hostnames : [""];
  for (const [r, { matches = [], filters = [] }] of rules.entries()) {
    const rewritten = filters.find(({ urlRewrite }) => urlRewrite?.path?.replaceFullPath)?.urlRewrite;
    for (const [m, match] of matches.entries()) {
      const { type = "PathPrefix", value = "/" } = match.path ?? {};
      const conditions = [type, plain(value), match.method, pairs(match.headers), pairs(match.queryParams)].join(" ");
      yield {
        path: `${hosts[0]}${value}`,
        leadsTo: rewritten?.path?.replaceFullPath ?? value,
        where: `spec.rules[${r}].matches[${m}].path`,
        resource: route,
        identities: parents.flatMap((parent) => hosts.map((host) => `HTTPRoute ${parent} ${host} ${conditions}`)),
      };
    }
  }
}

const plain = (path: string): string => path.replace(/(.)\/$/, "$1");

/** Headers or parameters in one order, since theirs decides nothing. */
function pairs(conditions: readonly Condition[] = []): string {
  return conditions
    .map(({ type = "Exact", name = "", value = "" }) => `${name.toLowerCase()}${type}${value}`)
    .sort()
    .join("&");
}
