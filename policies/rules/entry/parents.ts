import { everywhere, notApplicable, resourceRule, type Problem } from "../../judging/rule.ts";
import type { Facts } from "../../resources/facts.ts";
import type { Graph } from "../../resources/graph.ts";
import { UnknownValue } from "../../resources/unknown.ts";
import { refusal, type Gateway, type Listener } from "../../views/entry/gateways.ts";
import type { HttpRoute } from "../../views/entry/routes.ts";

export const routeHasParent = resourceRule<HttpRoute["props"]>()({
  id: "route-has-parent",
  needsAll: true,
  number: "C78",
  items: [13, 37],
  on: ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"],
  severity: "critical",
  levels: everywhere,
  title: "Every parent of a route exists and takes it",
  why: "A route that no listener takes is declared, accepted by the API server, and never served.",
  fix: `parentRefs: [{ name: gateway.metadata.name, sectionName: "https" }] // and allowedRoutes of the listener for its namespace`,
  *across(route, { graph, facts }) {
    const parents = route.props.spec?.parentRefs ?? [];
    if (parents.length === 0) return notApplicable;
    for (const [index, parent] of parents.entries())
      yield* notTaken(route, parent, `spec.parentRefs[${index}]`, graph, facts);
  },
});

type Parent = NonNullable<NonNullable<HttpRoute["props"]["spec"]>["parentRefs"]>[number];

function* notTaken(route: HttpRoute, parent: Parent, path: string, graph: Graph, facts: Facts): Iterable<Problem> {
  const { kind = "Gateway", name = "", namespace = route.namespace, sectionName, port } = parent;
  if ((kind !== "Gateway" && kind !== "Service") || facts.existing?.includes(`${namespace}/${name}`)) return;
  const gateway = graph.find<Gateway["props"]>(kind, namespace, name);
  if (!gateway) {
    if (kind === "Gateway" && graph.of("Gateway").length === 0) throw new UnknownValue("no Gateway is declared here");
    return yield {
      path,
      found: `${kind} ${name}, which is not declared in namespace ${namespace}`,
      wanted: `a declared ${kind}`,
    };
  }
  if (kind === "Service") return;
  const listeners = gateway.props.spec?.listeners ?? [];
  const meant = listeners.filter((one) => (sectionName ?? one.name) === one.name && (port ?? one.port) === one.port);
  const related = [gateway];
  if (meant.length === 0)
    yield {
      path: `${path}.${sectionName === undefined ? "port" : "sectionName"}`,
      found: `${sectionName ?? port}, which Gateway ${name} does not have`,
      wanted: listeners.map((one) => one.name).join(" or ") || "a listener",
      related,
    };
  const why = meant.map((listener: Listener) =>
    refusal(graph, gateway, listener, route, route.props.spec?.hostnames ?? []),
  );
  if (meant.length > 0 && !why.includes(undefined))
    yield { path, found: `Gateway ${name}, which ${why[0]}`, wanted: "a listener that takes it", related };
}
