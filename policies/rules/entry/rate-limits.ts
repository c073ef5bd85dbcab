import { everywhere, inProduction, notApplicable, resourceRule } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Config } from "../../views/config-refs.ts";
import { leadsToHealth, type HttpRoute } from "../../views/entry/routes.ts";

interface MiddlewareProps {
  readonly spec?: { readonly rateLimit?: { readonly average?: number; readonly burst?: number } };
}

export const limitsMakeSense = resourceRule<Config["props"]>()({
  id: "limits-make-sense",
  number: "C55",
  items: [3],
  on: ["ConfigMap"],
  severity: "medium",
  levels: everywhere,
  title: "The rate limit of the entry is a limit",
  why: "A limit of zero closes the shop, a burst below the rate refuses what is allowed, and without a key one client uses it up for all.",
  fix: `data: { RATE_LIMIT_RPS: "20", RATE_LIMIT_BURST: "40", RATE_LIMIT_KEY: "client" }`,
  *check({ props }) {
    const { RATE_LIMIT_RPS: rate, RATE_LIMIT_BURST: burst, RATE_LIMIT_KEY: by } = props.data ?? {};
    if (rate === undefined && burst === undefined && by === undefined) return notApplicable;
    if (!(Number(rate) > 0)) yield { path: "data.RATE_LIMIT_RPS", found: rate ?? "not set", wanted: "> 0" };
    if (!(Number(burst) >= Number(rate)))
      yield { path: "data.RATE_LIMIT_BURST", found: burst ?? "not set", wanted: `>= RATE_LIMIT_RPS, ${rate}` };
    if (by !== "client" && by !== "token")
      yield { path: "data.RATE_LIMIT_KEY", found: by ?? "not set", wanted: "client or token" };
  },
});

export const routesAreLimited = resourceRule<HttpRoute["props"]>()({
  id: "routes-are-limited",
  number: "C56",
  items: [3],
  on: ["HTTPRoute"],
  severity: "high",
  levels: inProduction,
  title: "Every public route has a rate limit",
  why: "One client in a loop takes the whole system from all others.",
  fix: `filters: [{ type: "ExtensionRef", extensionRef: { group: "traefik.io", kind: "Middleware", name: rateLimit.metadata.name } }]`,
  *across(route, { graph }) {
    const limiters = limitersOf(graph);
    const firewall = graph.of("aws:wafv2/webAclAssociation:WebAclAssociation").length > 0; // limits at the load balancer
    for (const [index, { filters = [], matches }] of (route.props.spec?.rules ?? []).entries()) {
      if (leadsToHealth(matches) || filters.some(({ type }) => type === "RequestRedirect")) continue; // a redirect reaches no service
      const limited = filters.some(({ extensionRef }) => limiters.has(`${route.namespace}/${extensionRef?.name}`));
      if (!limited && !firewall)
        yield {
          path: `spec.rules[${index}].filters`,
          found: filters.length ? "no filter that limits" : "none",
          wanted: "a rate limit",
        };
    }
  },
});

/** Everything declared that a route may name as its rate limit, as `namespace/name`. */
function limitersOf(graph: Graph): ReadonlySet<string> {
  return graph.once("rate limiters", () => {
    const limiters = graph.resources.filter(({ kind, props }) =>
      kind.endsWith("Middleware")
        ? (props as MiddlewareProps).spec?.rateLimit !== undefined
        : /RateLimit|BackendTrafficPolicy$/.test(kind),
    );
    return new Set(limiters.map(({ namespace, name }) => `${namespace}/${name}`));
  });
}
