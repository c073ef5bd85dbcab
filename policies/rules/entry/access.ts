import { ANNOTATION } from "../../../model/names.ts";
import { advice, notApplicable, resourceRule } from "../../judging/rule.ts";
import type { Resource } from "../../resources/resource.ts";
import { balancerAsks, ingressAsks, ruleAsks } from "../../views/access/authentication.ts";
import { leadsToHealth, type HttpRoute, type Ingress, type Match } from "../../views/entry/routes.ts";

const shared = {
  items: [14],
  severity: "high",
  levels: advice,
  title: "Nobody calls a public route without saying who they are, unless it is open on purpose",
  why: "What a route shows and does, it shows to everybody and does for everybody: orders of others with their names and addresses, and their cancellation.",
} as const;
const wanted = `an authentication, or the annotation ${ANNOTATION.open} with the reason`;

export const routesAskWho = resourceRule<HttpRoute["props"]>()({
  ...shared,
  id: "routes-ask-who",
  number: "C86",
  on: ["HTTPRoute"],
  fix: `filters: [{ type: "ExtensionRef", extensionRef: { group: "traefik.io", kind: "Middleware", name: who.metadata.name } }] // who: { spec: { forwardAuth: { address } } }`,
  *across(route, { graph }) {
    const { parentRefs = [], rules = [] } = route.props.spec ?? {};
    const inside = parentRefs.length > 0 && parentRefs.every(({ kind }) => kind === "Service"); // between services of a mesh
    const open = rules.filter(
      ({ matches, filters = [] }) => !leadsToHealth(matches) && !filters.some(({ type }) => type === "RequestRedirect"),
    );
    if (inside || open.length === 0) return notApplicable;
    if (isOpenOnPurpose(route) || balancerAsks(graph)) return;
    const silent = open.filter((rule) => !ruleAsks(graph, route, rule));
    if (silent.length > 0)
      yield {
        path: `spec.rules[${rules.indexOf(silent[0]!)}].filters`,
        found: `everybody may call ${silent.flatMap(({ matches = [{}] }) => matches.map(callOf)).join(", ")}`,
        wanted,
      };
  },
});

export const ingressesAskWho = resourceRule<Ingress["props"]>()({
  ...shared,
  id: "ingresses-ask-who",
  number: "C87",
  on: ["Ingress"],
  fix: `metadata: { annotations: { "nginx.ingress.kubernetes.io/auth-url": "https://id.example.com/check" } }`,
  *across(ingress, { graph }) {
    if (isOpenOnPurpose(ingress) || balancerAsks(graph) || ingressAsks(graph, ingress)) return;
    const paths = (ingress.props.spec?.rules ?? []).flatMap(({ host = "", http }) =>
      (http?.paths ?? []).map(({ path = "/" }) => `${host}${path}`),
    );
    yield { path: "metadata.annotations", found: `everybody may call ${paths.join(", ") || "it"}`, wanted };
  },
});

function isOpenOnPurpose({ metadata: { annotations = {} } }: Resource): boolean {
  return (annotations[ANNOTATION.open] ?? "").trim() !== "";
}

function callOf({ path, method }: Match): string {
  return [method, path?.value ?? "/"].filter(Boolean).join(" ");
}
