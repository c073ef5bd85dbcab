/** Gateways and what their listeners let in. */

import type { Graph } from "../../resources/graph.ts";
import type { Selector } from "../../resources/kubernetes.ts";
import type { Resource } from "../../resources/resource.ts";
import { selects } from "../../resources/selectors.ts";

export interface Listener {
  readonly name?: string;
  readonly protocol?: string;
  readonly port?: number;
  readonly hostname?: string;
  readonly allowedRoutes?: {
    readonly namespaces?: { readonly from?: string; readonly selector?: Selector };
    readonly kinds?: readonly { readonly kind?: string }[];
  };
}
export type Gateway = Resource<{ readonly spec?: { readonly listeners?: readonly Listener[] } }>;

const CARRIES: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTPRoute", "GRPCRoute"],
  HTTPS: ["HTTPRoute", "GRPCRoute"],
  TLS: ["TLSRoute", "TCPRoute"],
  TCP: ["TCPRoute"],
  UDP: ["UDPRoute"],
};

/** Why a listener refuses a route, or undefined when it takes it. */
export function refusal(
  graph: Graph,
  gateway: Gateway,
  listener: Listener,
  route: Resource,
  hosts: readonly string[],
): string | undefined {
  const { namespaces, kinds } = listener.allowedRoutes ?? {};
  const from = namespaces?.from ?? "Same"; // what the Gateway API assumes
  if (from === "Same" && route.namespace !== gateway.namespace)
    return `takes routes of namespace ${gateway.namespace} only`;
  if (from === "Selector" && !selects(namespaces?.selector, graph.namespaceLabels(route.namespace)))
    return `takes no routes of namespace ${route.namespace}`;
  if (from === "None") return "takes no routes";
  const carried = kinds?.length ? kinds.map(({ kind }) => kind) : CARRIES[listener.protocol ?? ""];
  if (carried && !carried.includes(route.kind)) return `takes no ${route.kind}`;
  return hosts.length > 0 && listener.hostname && !hosts.some((host) => meet(host, listener.hostname ?? ""))
    ? `serves ${listener.hostname}`
    : undefined;
}

/** True when two host names, of which either may begin with a star, have one in common. */
function meet(one: string, other: string): boolean {
  if (one === other) return true;
  const [under, tail] = one.startsWith("*.")
    ? [other, one.slice(1)]
    : [one, other.startsWith("*.") ? other.slice(1) : ""];
  return tail !== "" && under.endsWith(tail);
}
