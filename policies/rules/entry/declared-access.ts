import { TOKEN } from "../../../model/names.ts";
import { everywhere, notApplicable, resourceRule } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import { askedScopes, ruleAsks } from "../../views/access/authentication.ts";
import { servicesBehind } from "../../views/entry/backends.ts";
import type { GatewayRule, HttpRoute, Match } from "../../views/entry/routes.ts";

/** A public path as its description means it; null scopes let anyone in. */
interface Declared {
  readonly system?: string;
  readonly service?: string;
  readonly path?: string;
  readonly method?: string | null;
  readonly closed?: readonly string[];
  readonly scopes?: readonly string[] | null;
}
interface GatewayProps {
  readonly plan?: { readonly routes?: readonly Declared[] };
}

export const scopesAreAsked = resourceRule<HttpRoute["props"]>()({
  id: "scopes-are-asked",
  number: "K78",
  items: [14],
  on: ["HTTPRoute"],
  severity: "critical",
  levels: everywhere,
  title: "A route that is described for signed-in callers asks for their tokens, with the scopes that it names",
  why: "The description says that a door is closed, and everybody goes through it.",
  fix: `filters: [{ type: "ExtensionRef", extensionRef: { group: "traefik.io", kind: "Middleware", name: who.metadata.name } }] // who: { spec: { forwardAuth: { address: "http://verifier.shop.svc:8080/check?scope=orders%3Awrite" } } }`,
  *across(route, { graph }) {
    const closed = declaredIn(graph, route.namespace).filter(({ scopes }) => Array.isArray(scopes));
    if (closed.length === 0) return notApplicable;
    for (const [index, rule] of (route.props.spec?.rules ?? []).entries())
      for (const { path = "", scopes } of closed.filter((declared) => isOf(graph, route, rule, declared))) {
        const at = `spec.rules[${index}].filters`;
        if (!ruleAsks(graph, route, rule))
          yield { path: at, found: `everybody may call ${path}`, wanted: "an authentication" };
        const asked = askedScopes(graph, route, rule);
        const missing = (scopes ?? []).filter((scope) => !asked.has(scope));
        if (missing.length > 0)
          yield {
            path: at,
            found: `who calls ${path} needs no ${missing.join(", ")}`,
            wanted: `all of ${scopes?.join(", ")}`,
          };
      }
  },
});

function declaredIn(graph: Graph, namespace: string): readonly Declared[] {
  return graph
    .of<GatewayProps>(TOKEN.gateway)
    .flatMap(({ props }) => props.plan?.routes ?? [])
    .filter(({ system }) => system === namespace);
}

/** True for the rule that a described path became. */
function isOf(graph: Graph, { namespace }: HttpRoute, rule: GatewayRule, declared: Declared): boolean {
  const leads = servicesBehind(graph, rule, namespace).some(({ name }) => name === declared.service);
  return leads && (rule.matches ?? []).some((match) => takes(match, declared));
}

function takes({ path, method }: Match, { path: described, closed = [], method: only }: Declared): boolean {
  const samePath = [described, ...closed].includes(path?.value);
  return samePath && (method === undefined || !only || method === only);
}
