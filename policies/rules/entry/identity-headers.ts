import { advice, notApplicable, resourceRule } from "../../judging/rule.ts";
import { MIDDLEWARE } from "../../views/access/middlewares.ts";
import { type GatewayRule, type HttpRoute, leadsToHealth } from "../../views/entry/routes.ts";
import type { Graph } from "../../resources/graph.ts";

/** What most programs believe when a gateway says it; whoever takes these away takes the others too. */
const BELIEVED = ["x-user-id", "x-forwarded-user", "x-auth-request-user", "remote-user", "x-forwarded-client-cert"];

interface MiddlewareProps {
  readonly spec?: { readonly headers?: { readonly customRequestHeaders?: Readonly<Record<string, string>> } };
}

export const identityHeadersDropped = resourceRule<HttpRoute["props"]>()({
  id: "identity-headers-dropped",
  number: "K77",
  items: [14],
  on: ["HTTPRoute"],
  severity: "high",
  levels: advice,
  title: "No caller says by a header who they are",
  why: "Programs believe such headers because only the gateway should send them: whoever writes one from outside is whoever they like.",
  fix: `filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["${BELIEVED.join('", "')}"] } }]`,
  *across(route, { graph }) {
    const { parentRefs = [], rules = [] } = route.props.spec ?? {};
    const inside = parentRefs.length > 0 && parentRefs.every(({ kind }) => kind === "Service"); // between services of a mesh
    const asked = rules.filter(
      ({ matches, filters = [] }) => !leadsToHealth(matches) && !filters.some(({ type }) => type === "RequestRedirect"),
    );
    if (inside || asked.length === 0) return notApplicable;
    for (const rule of asked) {
      const dropped = droppedBy(graph, route, rule);
      const kept = BELIEVED.filter((name) => !dropped.has(name));
      if (kept.length > 0)
        yield {
          path: `spec.rules[${rules.indexOf(rule)}].filters`,
          found: `${kept.join(", ")} from outside ${kept.length === 1 ? "reaches" : "reach"} the program`,
          wanted: "a filter that removes them",
        };
    }
  },
});

/** Headers that the filters of a rule remove, in lower case. */
function droppedBy(graph: Graph, { namespace }: HttpRoute, { filters = [] }: GatewayRule): ReadonlySet<string> {
  const emptied = emptiedBy(graph);
  const names = filters.flatMap(({ requestHeaderModifier, extensionRef }) => [
    ...(requestHeaderModifier?.remove ?? []),
    ...(emptied.get(`${namespace}/${extensionRef?.name}`) ?? []),
  ]);
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Headers that a middleware of Traefik removes by giving them nothing, by its `namespace/name`. */
function emptiedBy(graph: Graph): ReadonlyMap<string, readonly string[]> {
  return graph.once("headers that middlewares remove", () => {
    const all = graph.of<MiddlewareProps>(MIDDLEWARE).map(({ namespace, name, props }) => {
      const headers = Object.entries(props.spec?.headers?.customRequestHeaders ?? {});
      return [`${namespace}/${name}`, headers.filter(([, value]) => value === "").map(([header]) => header)] as const;
    });
    return new Map(all);
  });
}
