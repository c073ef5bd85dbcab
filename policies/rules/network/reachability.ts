import { everywhere, notApplicable, workloadRule, type Problem } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import { servesForever, type Workload } from "../../resources/pods.ts";
import { describe } from "../../resources/selectors.ts";
import { dependenciesOf, storesOutside, type Dependency } from "../../views/dependencies.ts";
import { admits, namesOfPort, opens, policiesOf, type NetworkPolicy } from "../../views/network-policies.ts";
import { reaches } from "../../views/services.ts";

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
      if (servesForever(workload)) yield* storesOutOfReach(graph, workload, outgoing);
      yield* dnsOutOfReach(graph, workload, outgoing);
    }
    for (const need of needs) yield* serviceOutOfReach(graph, workload, need);
  },
});

type Policies = readonly NetworkPolicy[];

const named = (policies: Policies): string => policies.map(({ name }) => name).join(", ");

function* storesOutOfReach(graph: Graph, workload: Workload, outgoing: Policies): Iterable<Problem> {
  const rules = outgoing.flatMap(({ props }) => props.spec?.egress ?? []);
  for (const { name, host, port, path } of storesOutside(graph, workload)) {
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
    const toDns = rules.filter(({ to }) => admits(graph, to, { namespace: "kube-system" }, namespace));
    if (toDns.some(({ ports }) => opens(ports, [53], protocol))) continue;
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
