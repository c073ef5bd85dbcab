import { directionsOf, type Direction, type NetworkPolicy } from "../../views/network-policies.ts";
import { podSelector } from "../../resources/graph.ts";
import { UnknownValue } from "../../resources/unknown.ts";
import { operatedBy } from "../../views/operators.ts";
import { everywhere, inProduction, limit, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import { describe } from "../../resources/selectors.ts";

const FIX = `new k8s.networking.v1.NetworkPolicy("order", { spec: { podSelector: { matchLabels: labels }, policyTypes: ["Ingress", "Egress"], ingress: [{ from: [{ podSelector: { matchLabels: callerLabels } }], ports: [{ port: 8080 }] }] } })`;

export const networkPolicyCovers = workloadRule({
  id: "network-policy-covers",
  needsAll: true,
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
  needsAll: true,
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
    const operator = operatedBy(graph, selector, policy.namespace);
    if (operator) throw new UnknownValue(`only ${operator.kind} ${operator.name} knows the labels of its pods`);
    yield {
      path: "spec.podSelector",
      found: describe(selector),
      wanted: `labels of pods in namespace ${policy.namespace}`,
    };
  },
});

export const defaultDeny = resourceRule<object>()({
  id: "default-deny",
  needsAll: true,
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
