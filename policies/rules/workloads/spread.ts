import { spanOf, surge } from "../../views/capacity.ts";
import type { AffinityTerm } from "../../resources/kubernetes.ts";
import type { Workload } from "../../resources/pods.ts";
import { everywhere, inProduction, limit, notApplicable, onRequest, workloadRule } from "../../judging/rule.ts";
import { describe, selects } from "../../resources/selectors.ts";
import { maximumNodes } from "../../views/nodes.ts";

const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";
const FIX = `topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "${ZONE}", whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels: labels } }]`;

function antiAffinity({ pod }: Workload): { term: AffinityTerm; required: boolean; path: string }[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: hard,
    preferredDuringSchedulingIgnoredDuringExecution: soft,
  } = pod.affinity?.podAntiAffinity ?? {};
  return [
    ...(hard ?? []).map((term, index) => ({
      term,
      required: true,
      path: `affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[${index}]`,
    })),
    ...(soft ?? []).map(({ podAffinityTerm }, index) => ({
      term: podAffinityTerm ?? {},
      required: false,
      path: `affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm`,
    })),
  ];
}
/** Whether a term speaks of the workload's own pods: by their labels, and in their namespace, where it looks unless it names others. */
function own(
  { metadata, namespace }: Workload,
  { labelSelector, namespaces, namespaceSelector }: AffinityTerm,
): boolean {
  return (
    selects(labelSelector, metadata.labels) &&
    (!namespaces?.length || namespaces.includes(namespace) || namespaceSelector !== undefined)
  );
}

export const spreadDeclared = workloadRule({
  id: "spread-declared",
  number: "C06",
  items: [25],
  severity: "high",
  levels: inProduction,
  title: "Replicas are told to keep apart",
  why: "Left alone, the scheduler may put all replicas on one node or zone: one failure takes them all.",
  fix: FIX,
  *across(workload, { graph }) {
    const span = spanOf(graph, workload);
    if (!span || span.ceiling < 2) return notApplicable;
    const spread = (workload.pod.topologySpreadConstraints ?? []).length > 0 || antiAffinity(workload).length > 0;
    if (!spread)
      yield {
        path: `${workload.path}.topologySpreadConstraints`,
        found: `up to ${span.ceiling} replicas and neither spread constraints nor anti-affinity`,
        wanted: "one of them",
      };
  },
});

export const antiAffinityDeclared = workloadRule({
  id: "anti-affinity-declared",
  number: "K41",
  items: [25],
  severity: "medium",
  levels: onRequest,
  title: "Replicas of a workload avoid each other",
  why: "For organisations that want anti-affinity and not only spread constraints.",
  fix: `affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: "${HOST}", labelSelector: { matchLabels: labels } } }] } }`,
  *across(workload, { graph }) {
    const span = spanOf(graph, workload);
    if (!span || span.ceiling < 2) return notApplicable;
    if (antiAffinity(workload).some(({ term }) => own(workload, term))) return;
    yield {
      path: `${workload.path}.affinity.podAntiAffinity`,
      found: antiAffinity(workload).length ? "terms that select other pods" : "none",
      wanted: "a term that selects these pods",
    };
  },
});

export const topologySpreadDeclared = workloadRule({
  id: "topology-spread-declared",
  number: "K42",
  items: [25],
  severity: "medium",
  levels: onRequest,
  title: "Every workload declares the spread constraints that the organisation asks for",
  why: "For organisations that ask for given topology keys.",
  fix: FIX,
  limits: {
    keys: limit<readonly string[]>("topology keys that must all be there; empty asks for any", []),
    minReplicas: limit("fewer replicas need none", 0),
  },
  *across(workload, { graph, limit: { keys, minReplicas } }) {
    const span = spanOf(graph, workload);
    if (span && minReplicas > 0 && span.ceiling < minReplicas) return notApplicable;
    const present = (workload.pod.topologySpreadConstraints ?? []).map(({ topologyKey }) => topologyKey ?? "");
    const absent = keys.filter((key) => !present.includes(key));
    if (present.length === 0 || absent.length > 0)
      yield {
        path: `${workload.path}.topologySpreadConstraints`,
        found: present.length ? present.join(", ") : "none",
        wanted: absent.length ? absent.join(", ") : "at least one",
      };
  },
});

export const topologySpreadValid = workloadRule({
  id: "topology-spread-valid",
  number: "K43",
  items: [25],
  severity: "high",
  levels: everywhere,
  title: "Spread constraints are complete and allowed",
  why: "The API server refuses an invalid constraint, and an incomplete one has no effect.",
  fix: FIX,
  *check({ pod, path }) {
    if (!pod.topologySpreadConstraints?.length) return notApplicable;
    for (const [index, constraint] of (pod.topologySpreadConstraints ?? []).entries()) {
      const at = `${path}.topologySpreadConstraints[${index}]`;
      const { maxSkew, minDomains, topologyKey, whenUnsatisfiable, labelSelector } = constraint;
      const allowed = ["DoNotSchedule", "ScheduleAnyway"];
      if (!topologyKey) yield { path: `${at}.topologyKey`, found: "not set", wanted: ZONE };
      if (!labelSelector) yield { path: `${at}.labelSelector`, found: "not set", wanted: "a selector of these pods" };
      if (!Number.isInteger(maxSkew) || Number(maxSkew) < 1)
        yield { path: `${at}.maxSkew`, found: String(maxSkew ?? "not set"), wanted: ">= 1" };
      if (!allowed.includes(whenUnsatisfiable ?? ""))
        yield { path: `${at}.whenUnsatisfiable`, found: whenUnsatisfiable ?? "not set", wanted: allowed.join(" or ") };
      if (minDomains !== undefined && (!(Number(minDomains) >= 1) || whenUnsatisfiable !== "DoNotSchedule"))
        yield {
          path: `${at}.minDomains`,
          found: `${minDomains} with ${whenUnsatisfiable}`,
          wanted: ">= 1, and only with DoNotSchedule",
        };
    }
  },
});

export const spreadEffective = workloadRule({
  id: "spread-effective",
  number: "X12",
  items: [25],
  severity: "high",
  levels: inProduction,
  title: "Spread constraints and anti-affinity have an effect on these pods",
  why: "A selector with a typo spreads nothing, silently: all replicas may share one node.",
  fix: FIX,
  *across(workload, { graph }) {
    const span = spanOf(graph, workload);
    if (!workload.pod.topologySpreadConstraints?.length && antiAffinity(workload).length === 0) return notApplicable;
    for (const [index, { labelSelector, maxSkew }] of (workload.pod.topologySpreadConstraints ?? []).entries()) {
      const at = `${workload.path}.topologySpreadConstraints[${index}]`;
      if (!selects(labelSelector, workload.metadata.labels))
        yield {
          path: `${at}.labelSelector`,
          found: labelSelector ? `${describe(labelSelector)}, which these pods do not carry` : "not set",
          wanted: describe({ matchLabels: workload.metadata.labels ?? {} }),
        };
      else if (span && span.ceiling > 1 && (maxSkew ?? 1) >= span.ceiling)
        yield {
          path: `${at}.maxSkew`,
          found: `${maxSkew}`,
          wanted: `< ${span.ceiling} replicas`,
          note: "a skew as large as the number of replicas never constrains",
        };
    }
    for (const { term, required, path } of antiAffinity(workload)) {
      if (!own(workload, term))
        yield {
          path: `${workload.path}.${path}.labelSelector`,
          found: `pods with ${describe(term.labelSelector)}${term.namespaces?.length ? ` in ${term.namespaces.join(", ")}` : ""}`,
          wanted: `these pods, with ${describe({ matchLabels: workload.metadata.labels ?? {} })} in ${workload.namespace}`,
        };
      else if (required && term.topologyKey === HOST && span) {
        const nodes = maximumNodes(graph);
        const pods = span.ceiling + surge(workload, span.ceiling);
        if (nodes !== undefined && pods > nodes)
          yield {
            path: `${workload.path}.${path}`,
            found: `${pods} pods, each on a node of its own`,
            wanted: `<= ${nodes} nodes`,
            note: `${span.ceiling} + surge ${surge(workload, span.ceiling)} = ${pods}`,
          };
      }
    }
  },
});
