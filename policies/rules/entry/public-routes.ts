import { servicesBehind } from "../../views/entry/backends.ts";
import { everywhere, notApplicable, stackRule } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import { intents } from "../../views/intent.ts";
import { publicPaths, type PublicPath } from "../../views/entry/public-paths.ts";
import { backendsOf, target, type HttpRoute, type Ingress } from "../../views/entry/routes.ts";

export const routesAreDistinct = stackRule({
  id: "routes-are-distinct",
  number: "C59",
  items: [13],
  severity: "high",
  levels: everywhere,
  title: "No two routes claim the same path",
  why: "Which of the two gets the request depends on the age of an object: it changes with the next recreation.",
  fix: `paths: [{ path: "/orders", pathType: "Prefix", backend }, { path: "/payments", pathType: "Prefix", backend }]`,
  *across(graph: Graph) {
    const paths = publicPaths(graph);
    if (paths.length === 0) return notApplicable;
    const first = new Map<string, PublicPath>();
    for (const route of paths) {
      const earlier = route.identities.map((identity) => first.get(identity)).find((other) => other !== undefined);
      for (const identity of route.identities) if (!first.has(identity)) first.set(identity, route);
      if (earlier)
        yield {
          path: route.where,
          found: `${route.path || "(empty)"}, as in ${earlier.resource.kind} ${earlier.resource.name} ${earlier.where}`,
          wanted: "another path",
          on: route.resource,
          related: [earlier.resource],
        };
    }
  },
});

const FAULTS = /\/(faults?|chaos|callMemleak|callmemleak|debug|actuator)(\/|$)/;

export const faultsStayInside = stackRule({
  id: "faults-stay-inside",
  number: "C60",
  items: [34],
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "No public route leads to fault injection or to insight into the process",
  why: "Whoever finds the path can break the service, or read its memory.",
  fix: `paths: [{ path: "/orders", pathType: "Prefix", backend }] // and none for /faults or /actuator`,
  *across(graph: Graph) {
    const paths = publicPaths(graph);
    if (paths.length === 0) return notApplicable;
    for (const { path, leadsTo, where, resource } of paths)
      if (FAULTS.test(leadsTo) && !/\/actuator\/health(\/|$)/.test(leadsTo))
        yield { path: where, found: path, wanted: "no such route", on: resource };
  },
});

export const declaredRoutesExist = stackRule({
  id: "declared-routes-exist",
  needsAll: true,
  number: "C64",
  items: [13],
  severity: "high",
  levels: everywhere,
  title: "Every service with public paths is reached by a route",
  why: "A service without a route is running, healthy and unreachable.",
  fix: `rules: [{ matches: [{ path: { type: "PathPrefix", value: "/orders" } }], backendRefs: [{ name: "order", port: 8080 }] }]`,
  *across(graph: Graph) {
    const open = intents(graph).filter(({ routes }) => routes.length > 0);
    if (open.length === 0) return notApplicable;
    const routed = new Set([
      ...graph
        .of<HttpRoute["props"]>("HTTPRoute")
        .flatMap(({ props, namespace }) =>
          (props.spec?.rules ?? []).flatMap((rule) => servicesBehind(graph, rule, namespace).map(({ name }) => name)),
        ),
      ...graph
        .of<Ingress["props"]>("Ingress")
        .flatMap((ingress) => [...backendsOf(ingress)].map(({ backend }) => target(backend).name)),
    ]);
    for (const { name, routes, resource } of open)
      if (!routed.has(name))
        yield { path: "plan.routes", found: `no route leads to ${name}`, wanted: routes.join(", "), on: resource };
  },
});
