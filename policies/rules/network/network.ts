import { dependenciesOf, storesOutside } from "../../views/dependencies.ts";
import {
  admits,
  directionsOf,
  namesOfPort,
  opens,
  policiesOf,
  type Direction,
  type NetworkPolicy,
} from "../../views/network-policies.ts";
import { podSelector } from "../../resources/graph.ts";
import { servesForever } from "../../resources/pods.ts";
import { everywhere, inProduction, limit, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import { describe } from "../../resources/selectors.ts";
import { reaches } from "../../views/services.ts";

const FIX = `new k8s.networking.v1.NetworkPolicy("order", { spec: { podSelector: { matchLabels: labels }, policyTypes: ["Ingress", "Egress"], ingress: [{ from: [{ podSelector: { matchLabels: callerLabels } }], ports: [{ port: 8080 }] }] } })`;

export const networkPolicyCovers = workloadRule({
  id: "network-policy-covers",
  number: "K60",
  items: [28],
  severity: "high",
  levels: inProduction,
  title: "A network policy holds for every pod",
  why: "Without one, whoever breaks into any pod reaches every database and every service.",
  fix: FIX,
  limits: { dirs: limit<readonly string[]>("directions that must be governed; empty asks for any policy", []) },
  *across(workload, { graph, limit: { dirs } }) {
    const governed = graph
      .selecting<NetworkPolicy["props"]>("NetworkPolicy", workload)
      .flatMap((policy) => [...directionsOf(policy)]);
    const absent =
      dirs.length === 0
        ? governed.length
          ? []
          : ["any policy"]
        : dirs.filter((direction) => !governed.includes(direction.toLowerCase() as Direction));
    if (absent.length > 0)
      yield {
        path: `${workload.path.replace(/\.?spec$/, "")}.metadata.labels`.replace(/^\./, ""),
        found: governed.length
          ? `policies for ${[...new Set(governed)].join(", ")}`
          : `no NetworkPolicy of namespace ${workload.namespace} selects these pods`,
        wanted: absent.join(", "),
      };
  },
});

export const networkPolicySelects = resourceRule<NetworkPolicy["props"]>()({
  id: "network-policy-selects",
  number: "K61",
  items: [28, 37],
  on: ["NetworkPolicy"],
  severity: "medium",
  levels: everywhere,
  title: "Every network policy holds for some pods",
  why: "A policy with a typo protects nothing, and nobody notices.",
  fix: FIX,
  *across(policy, { graph }) {
    const selector = podSelector(policy);
    const everything = !Object.keys(selector?.matchLabels ?? {}).length && !selector?.matchExpressions?.length;
    if (everything || graph.matching(selector, policy.namespace).length > 0) return;
    yield {
      path: "spec.podSelector",
      found: describe(selector),
      wanted: `labels of pods in namespace ${policy.namespace}`,
    };
  },
});

export const defaultDeny = resourceRule<object>()({
  id: "default-deny",
  number: "C18",
  items: [28],
  on: ["Namespace"],
  severity: "medium",
  levels: inProduction,
  title: "A namespace refuses what nobody allowed",
  why: "Without a default, every new workload starts wide open.",
  fix: `new k8s.networking.v1.NetworkPolicy("default-deny", { spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } })`,
  *across(namespace, { graph }) {
    if (!graph.workloads.some((workload) => workload.namespace === namespace.name)) return notApplicable;
    const denies = graph
      .of<NetworkPolicy["props"]>("NetworkPolicy")
      .filter(
        (policy) =>
          policy.namespace === namespace.name &&
          !Object.keys(policy.props.spec?.podSelector?.matchLabels ?? {}).length &&
          !policy.props.spec?.podSelector?.matchExpressions?.length,
      );
    const denied = denies.flatMap((policy) =>
      directionsOf(policy).filter((direction) => !(policy.props.spec?.[direction] ?? []).length),
    );
    for (const direction of ["ingress", "egress"] as const)
      if (!denied.includes(direction))
        yield {
          path: "metadata.name",
          found: `no policy for all pods that denies ${direction}`,
          wanted: "podSelector {} with both policyTypes and no rule",
        };
  },
});

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
    const outside = servesForever(workload) ? storesOutside(graph, workload) : [];
    if (outgoing.length === 0 && needs.length === 0) return notApplicable;
    for (const { name, host, port, path } of outgoing.length > 0 ? outside : []) {
      const open = outgoing.some(({ props }) =>
        (props.spec?.egress ?? []).some(
          ({ to, ports }) => opens(ports, [port]) && (!to?.length || to.some(({ ipBlock }) => ipBlock)),
        ),
      );
      if (!open)
        yield {
          path,
          found: `${name} needs ${host}:${port}, and policies ${outgoing.map((policy) => policy.name).join(", ")} let nothing out to it`,
          wanted: `egress to its addresses, port ${port}`,
          related: outgoing,
        };
    }
    if (outgoing.length > 0) {
      for (const protocol of ["UDP", "TCP"]) {
        const open = outgoing.some(({ props }) =>
          (props.spec?.egress ?? []).some(
            ({ to, ports }) =>
              opens(ports, [53], protocol) && admits(graph, to, { namespace: "kube-system" }, workload.namespace),
          ),
        );
        if (!open)
          yield {
            path: "metadata.labels",
            found: `policies ${outgoing.map(({ name }) => name).join(", ")} let nothing out to DNS by ${protocol}`,
            wanted: `egress to kube-system, ${protocol} 53`,
            related: outgoing,
          };
      }
    }
    for (const { service, backing, port, path, name } of needs) {
      const target = { namespace: service.namespace, labels: backing?.metadata.labels };
      // Policies see the port of the pod, not that of its Service; where the pod declares none of that number, the port chain is broken, which is for another rule to say.
      const ports =
        backing && reaches(backing, service.targetPort)
          ? namesOfPort(backing, service.targetPort)
          : [port, service.targetPort];
      const out =
        outgoing.length === 0 ||
        outgoing.some(({ props }) =>
          (props.spec?.egress ?? []).some(
            (rule) => opens(rule.ports, ports) && admits(graph, rule.to, target, workload.namespace),
          ),
        );
      if (!out)
        yield {
          path,
          found: `${name} needs ${service.name}:${port}, and policies ${outgoing.map((policy) => policy.name).join(", ")} let nothing out to it`,
          wanted: `egress to ${service.name}, port ${service.targetPort}`,
          related: outgoing,
        };
      const incoming = backing ? policiesOf(graph, backing, "ingress") : [];
      const caller = { namespace: workload.namespace, labels: workload.metadata.labels };
      const into =
        incoming.length === 0 ||
        incoming.some(({ props }) =>
          (props.spec?.ingress ?? []).some(
            (rule) => opens(rule.ports, ports) && admits(graph, rule.from, caller, service.namespace),
          ),
        );
      if (!into)
        yield {
          path,
          found: `${name} needs ${service.name}:${port}, and policies ${incoming.map((policy) => policy.name).join(", ")} of ${service.name} let nothing in from here`,
          wanted: `ingress from ${describe({ matchLabels: workload.metadata.labels ?? {} })}`,
          related: incoming,
        };
    }
  },
});
