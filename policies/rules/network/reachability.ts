import { servicesBehind } from "../../views/entry/backends.ts";
import { everywhere, notApplicable, resourceRule, workloadRule, type Problem } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import type { IntOrString } from "../../resources/kubernetes.ts";
import { servesForever, type Workload } from "../../resources/pods.ts";
import { describe } from "../../resources/selectors.ts";
import { dependenciesOf, addressesOutside, type Dependency } from "../../views/dependencies.ts";
import { runs } from "../../views/image.ts";
import {
  admits,
  letsIn,
  namedEgress,
  namesOfPort,
  opens,
  policiesOf,
  type NetworkPolicy,
  type Peer,
} from "../../views/network-policies.ts";
import { backendsOf, target, type HttpRoute, type Ingress } from "../../views/entry/routes.ts";
import { backing, reaches, selectsByDesign, servicePort, targetOf, type Service } from "../../views/services.ts";

export const namesResolve = workloadRule({
  id: "names-resolve",
  number: "X24",
  items: [28],
  severity: "critical",
  levels: everywhere,
  title: "Network policies let a pod resolve names and reach what it needs",
  why: "A pod that cannot ask DNS or its database starts, is ready, and fails every request.",
  fix: `egress: [{ to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }], ports: [{ protocol: "UDP", port: 53 }, { protocol: "TCP", port: 53 }] }]`,
  *across(workload, { graph }) {
    const outgoing = policiesOf(graph, workload, "egress");
    const needs = servesForever(workload) ? dependenciesOf(graph, workload) : []; // a job shares the settings of its service and uses few of them
    if (outgoing.length === 0 && needs.length === 0) return notApplicable;
    if (outgoing.length > 0) {
      if (servesForever(workload)) yield* outsideOutOfReach(graph, workload, outgoing);
      yield* dnsOutOfReach(graph, workload, outgoing);
    }
    for (const need of needs) yield* serviceOutOfReach(graph, workload, need);
  },
});

type Policies = readonly NetworkPolicy[];

const named = (policies: Policies): string => policies.map(({ name }) => name).join(", ");

function* outsideOutOfReach(graph: Graph, workload: Workload, outgoing: Policies): Iterable<Problem> {
  const rules = outgoing.flatMap(({ props }) => props.spec?.egress ?? []);
  const byName = namedEgress(graph, workload);
  for (const { name, host, port, path } of addressesOutside(graph, workload)) {
    if (
      byName.some(({ to, ports }) => opens(ports, [port]) && to?.some(({ domainNames }) => domainNames?.includes(host)))
    )
      continue;
    if (rules.some(({ to, ports }) => opens(ports, [port]) && (!to?.length || to.some(({ ipBlock }) => ipBlock))))
      continue;
    yield {
      path,
      found: `${name} needs ${host}:${port}, and policies ${named(outgoing)} let nothing out to it`,
      wanted: `egress to its addresses, port ${port}`,
      related: outgoing,
    };
  }
}

function* dnsOutOfReach(graph: Graph, { namespace }: Workload, outgoing: Policies): Iterable<Problem> {
  const rules = outgoing.flatMap(({ props }) => props.spec?.egress ?? []);
  for (const protocol of ["UDP", "TCP"]) {
    const open = rules.filter(({ ports }) => opens(ports, [53], protocol));
    if (open.some(({ to }) => admits(graph, to, { namespace: "kube-system" }, namespace))) continue;
    if (open.some(({ to, ports }) => ports?.length && to?.some(({ ipBlock }) => ipBlock))) continue; // the address of a resolver on the node
    yield {
      path: "metadata.labels",
      found: `policies ${named(outgoing)} let nothing out to DNS by ${protocol}`,
      wanted: `egress to kube-system, ${protocol} 53`,
      related: outgoing,
    };
  }
}

function* serviceOutOfReach(graph: Graph, workload: Workload, need: Dependency): Iterable<Problem> {
  const { service, backing, port, path, name } = need;
  const ports = portsSeen(need);
  const outgoing = policiesOf(graph, workload, "egress");
  const target = { namespace: service.namespace, labels: backing?.metadata.labels };
  const out = outgoing
    .flatMap(({ props }) => props.spec?.egress ?? [])
    .some((rule) => opens(rule.ports, ports) && admits(graph, rule.to, target, workload.namespace));
  if (outgoing.length > 0 && !out)
    yield {
      path,
      found: `${name} needs ${service.name}:${port}, and policies ${named(outgoing)} let nothing out to it`,
      wanted: `egress to ${service.name}, port ${service.targetPort}`,
      related: outgoing,
    };
  const incoming = backing ? policiesOf(graph, backing, "ingress") : [];
  const caller = { namespace: workload.namespace, labels: workload.metadata.labels };
  const into = incoming
    .flatMap(({ props }) => props.spec?.ingress ?? [])
    .some((rule) => opens(rule.ports, ports) && admits(graph, rule.from, caller, service.namespace));
  if (incoming.length > 0 && !into)
    yield {
      path,
      found: `${name} needs ${service.name}:${port}, and policies ${named(incoming)} of ${service.name} let nothing in from here`,
      wanted: `ingress from ${describe({ matchLabels: workload.metadata.labels ?? {} })}`,
      related: incoming,
    };
}

/** Policies see the port of the pod, not that of its Service; where the pod declares none of that number, the port chain is broken, which is for another rule to say. */
function portsSeen({ backing, service, port }: Dependency): ReturnType<typeof namesOfPort> {
  return backing && reaches(backing, service.targetPort)
    ? namesOfPort(backing, service.targetPort)
    : [port, service.targetPort];
}

export const entryReachesPods = resourceRule<Service["props"]>()({
  id: "entry-reaches-pods",
  number: "C79",
  items: [13, 28],
  on: ["Service"],
  severity: "critical",
  levels: everywhere,
  title: "Network policies let the entry reach the pods that it leads to",
  why: "The controller of the entry runs in another namespace: every request from outside ends in a time-out.",
  fix: `ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "traefik" } } }], ports: [{ port: "http" }] }]`,
  *across(service, { graph }) {
    const ports = entries(graph).get(`${service.namespace}/${service.name}`);
    if (!ports || !selectsByDesign(service)) return notApplicable;
    for (const asked of ports) {
      const port = servicePort(service, asked);
      for (const workload of port ? backing(graph, service) : []) {
        const wanted = targetOf(port ?? {});
        if (
          !reaches(workload, wanted) ||
          letsIn(graph, workload, wanted, (peers) => mayBeController(graph, workload, peers))
        )
          continue;
        const policies = policiesOf(graph, workload, "ingress");
        yield {
          path: "spec.selector",
          found: `policies ${named(policies)} let no entry in to port ${wanted} of ${workload.kind} ${workload.name}`,
          wanted: "ingress from the namespace of the controller, on the port of the pods",
          related: [workload.resource, ...policies],
        };
        break; // the same policies shut all pods behind a Service
      }
    }
  },
});

/** Ports of Services to which some entry leads. */
function entries(graph: Graph): ReadonlyMap<string, ReadonlySet<IntOrString>> {
  return graph.once("ports of entries", () => {
    const found = new Map<string, Set<IntOrString>>();
    const add = (namespace: string, name = "", port: IntOrString = ""): void => {
      const key = `${namespace}/${name}`;
      found.set(key, (found.get(key) ?? new Set()).add(port));
    };
    for (const ingress of graph.of<Ingress["props"]>("Ingress"))
      for (const { backend } of backendsOf(ingress)) add(ingress.namespace, target(backend).name, target(backend).port);
    for (const kind of ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"])
      for (const { namespace: home, props } of graph.of<HttpRoute["props"]>(kind))
        for (const { namespace, name, port } of (props.spec?.rules ?? []).flatMap((rule) =>
          servicesBehind(graph, rule, home),
        ))
          add(namespace, name, port);
    return found;
  });
}

const CONTROLLER = /traefik|ingress|nginx-gateway|envoy|contour|haproxy|kong|istio|proxyv2|gateway|caddy/i;

/** Peers among which the controller of an entry can be: addresses, other namespaces, or pods here that are one. */
function mayBeController(graph: Graph, { namespace }: Workload, peers: readonly Peer[] | undefined): boolean {
  if (!peers?.length || peers.some(({ ipBlock, namespaceSelector }) => ipBlock || namespaceSelector)) return true;
  return graph.workloads
    .filter((other) => other.namespace === namespace && runs(other, CONTROLLER))
    .some(({ metadata }) => admits(graph, peers, { namespace, labels: metadata.labels }, namespace));
}
