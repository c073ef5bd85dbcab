import { inProduction, notApplicable, resourceRule, stackRule } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import type { Gateway } from "../../views/entry/gateways.ts";
import type { Service } from "../../views/services.ts";

const CERTIFICATE = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";

export const oneEntry = stackRule({
  id: "one-entry",
  number: "C57",
  items: [13],
  severity: "high",
  levels: inProduction,
  title: "A system has one public entry",
  why: "Every further entry has its own limits, its own certificate and its own way round authentication.",
  fix: `spec: { type: "ClusterIP" } // and a route of the gateway`,
  *across(graph: Graph) {
    const entries: readonly Resource[] = [
      ...graph.of<Service["props"]>("Service").filter(({ props }) => props.spec?.type === "LoadBalancer"),
      ...graph.of("Ingress"),
      ...graph.of("Gateway"),
    ];
    if (entries.length === 0) return notApplicable;
    for (const [namespace, here] of Map.groupBy(entries, (entry) => entry.namespace)) {
      const [first, second] = here;
      if (doorsOf(here) < 2 || !first || !second) continue;
      const found = here.map(({ kind, name }) => `${kind} ${name}`).join(", ");
      yield { path: "spec", found: `${found} in namespace ${namespace}`, wanted: "one", on: second, related: here };
    }
  },
});

/** Addresses of these entries: Ingresses of one controller share theirs, and so do those of one ALB group. */
function doorsOf(entries: readonly Resource[]): number {
  const addresses = entries.map(({ urn, kind, metadata }) =>
    kind === "Ingress" ? (metadata.annotations?.["alb.ingress.kubernetes.io/group.name"] ?? "Ingress") : urn,
  );
  return new Set(addresses).size;
}

export const entrySpeaksTls = resourceRule<Gateway["props"]>()({
  id: "entry-speaks-tls",
  number: "C58",
  items: [13],
  on: ["Gateway"],
  severity: "high",
  levels: inProduction,
  title: "The gateway speaks TLS",
  why: "Without TLS everybody on the way reads tokens and orders, and may change them.",
  fix: `listeners: [{ name: "https", protocol: "HTTPS", port: 443, tls: { certificateRefs: [{ name: "shop-tls" }] } }]`,
  *across(gateway, { graph }) {
    const listeners = gateway.props.spec?.listeners ?? [];
    if (
      !listeners.some(({ protocol }) => protocol === "HTTPS" || protocol === "TLS") &&
      !balancerSpeaksTls(graph, gateway)
    )
      yield {
        path: "spec.listeners",
        found: listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(", ") || "none",
        wanted: "HTTPS, or TLS at the load balancer before it",
      };
  },
});

/** True when TLS ends at the load balancer before the gateway. */
function balancerSpeaksTls(graph: Graph, gateway: Resource): boolean {
  const listeners = graph.of<{ readonly protocol?: string }>("aws:lb/listener:Listener");
  return (
    listeners.some(({ props }) => /^(HTTPS|TLS)$/.test(props.protocol ?? "")) ||
    [gateway, ...graph.of("Service")].some(({ metadata }) => metadata.annotations?.[CERTIFICATE] !== undefined) ||
    graph.resources.some(({ kind, props }) => /LoadBalancerConfiguration$/.test(kind) && "spec" in props)
  );
}
