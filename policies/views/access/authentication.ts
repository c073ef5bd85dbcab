/** Who asks the caller of a public route who they are: the entry itself, a middleware, or the load balancer before it. */

import { MIDDLEWARE } from "./middlewares.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import type { GatewayRule, HttpRoute } from "../entry/routes.ts";

interface MiddlewareProps {
  readonly spec?: Readonly<Record<string, unknown>> & {
    readonly forwardAuth?: { readonly address?: string };
    readonly plugin?: Readonly<Record<string, unknown>>;
    readonly chain?: { readonly middlewares?: readonly { readonly name?: string; readonly namespace?: string }[] };
  };
}
interface PolicyProps {
  readonly spec?: {
    readonly targetRef?: { readonly name?: string };
    readonly targetRefs?: readonly { readonly name?: string }[];
  };
}
interface Action {
  readonly type?: string;
}

/** Middlewares of Traefik that let nobody through without a proof. */
const PROOFS = ["basicAuth", "digestAuth", "forwardAuth"];
/** Plug-ins have the names that their makers give them. */
const PLUGIN = /jwt|oidc|oauth|auth/i;
/** Policies that are attached to a route or its gateway: Envoy Gateway, Kuadrant. */
const POLICIES = ["gateway.envoyproxy.io/SecurityPolicy", "kuadrant.io/AuthPolicy"];
/** Annotations by which controllers of Ingresses are told to ask. */
const ANNOTATIONS = [
  "nginx.ingress.kubernetes.io/auth-url",
  "nginx.ingress.kubernetes.io/auth-type",
  "nginx.ingress.kubernetes.io/auth-tls-secret",
  "alb.ingress.kubernetes.io/auth-type",
  "haproxy.org/auth-type",
];

/** Names of the middlewares that ask, as `namespace/name`; a chain asks when one of its members does. */
function askers(graph: Graph): ReadonlySet<string> {
  return graph.once("middlewares that ask", () => {
    const all = graph.of<MiddlewareProps>(MIDDLEWARE);
    const asks = ({ props: { spec = {} } }: Resource<MiddlewareProps>): boolean =>
      PROOFS.some((proof) => spec[proof] !== undefined) ||
      Object.keys(spec.plugin ?? {}).some((name) => PLUGIN.test(name));
    const direct = new Set(all.filter(asks).map(({ namespace, name }) => `${namespace}/${name}`));
    const chains = all.filter(({ namespace, props }) =>
      (props.spec?.chain?.middlewares ?? []).some((one) => direct.has(`${one.namespace ?? namespace}/${one.name}`)),
    );
    return new Set([...direct, ...chains.map(({ namespace, name }) => `${namespace}/${name}`)]);
  });
}

/** True when one rule of a route, or what is attached to the route, asks. */
export function ruleAsks(graph: Graph, route: HttpRoute, { filters = [] }: GatewayRule): boolean {
  return (
    filters.some(({ extensionRef }) => askers(graph).has(`${route.namespace}/${extensionRef?.name}`)) ||
    policyAsks(graph, route)
  );
}

/** Scopes that the service which a rule asks is told to want. */
export function askedScopes(
  graph: Graph,
  { namespace }: HttpRoute,
  { filters = [] }: GatewayRule,
): ReadonlySet<string> {
  const names = filters.map(({ extensionRef }) => `${namespace}/${extensionRef?.name}`);
  const all = graph.of<MiddlewareProps>(MIDDLEWARE).filter((one) => names.includes(`${one.namespace}/${one.name}`));
  return new Set(
    all.flatMap(({ props }) => URL.parse(props.spec?.forwardAuth?.address ?? "")?.searchParams.getAll("scope") ?? []),
  );
}

function policyAsks(graph: Graph, route: HttpRoute): boolean {
  const names = [route.name, ...(route.props.spec?.parentRefs ?? []).map(({ name }) => name)];
  return POLICIES.flatMap((kind) => graph.of<PolicyProps>(kind)).some(({ props: { spec } }) =>
    [...(spec?.targetRef ? [spec.targetRef] : []), ...(spec?.targetRefs ?? [])].some(({ name }) =>
      names.includes(name),
    ),
  );
}

/** True when an Ingress tells its controller to ask. */
export function ingressAsks(graph: Graph, { metadata: { annotations = {} } }: Resource): boolean {
  const middlewares = (annotations["traefik.ingress.kubernetes.io/router.middlewares"] ?? "").split(",");
  const names = [...askers(graph)].map((name) => `${name.replace("/", "-")}@kubernetescrd`);
  return (
    ANNOTATIONS.some((name) => !["", "none"].includes(annotations[name] ?? "")) ||
    middlewares.some((name) => names.includes(name.trim()))
  );
}

/** True when no request passes the load balancer of AWS without a proof. */
export function balancerAsks(graph: Graph): boolean {
  const rules = graph.of<{ readonly actions?: readonly Action[] }>("aws:lb/listenerRule:ListenerRule");
  return (
    rules.length > 0 &&
    rules.every(({ props }) => (props.actions ?? []).some(({ type }) => type?.startsWith("authenticate-") === true))
  );
}
