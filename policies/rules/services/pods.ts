import { everywhere, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import { podSelector, type Graph } from "../../resources/graph.ts";
import { UnknownValue } from "../../resources/unknown.ts";
import { spanOf } from "../../views/capacity.ts";
import { operatedBy } from "../../views/operators.ts";
import { describe, includes, selects } from "../../resources/selectors.ts";
import { backing, selectsByDesign, targetOf, type Service, type ServiceSpec } from "../../views/services.ts";

export const selectorMatchesTemplate = workloadRule({
  id: "selector-matches-template",
  number: "K45",
  items: [37],
  severity: "critical",
  levels: everywhere,
  title: "A workload selects the pods that it makes",
  why: "The API server refuses the object, or it makes pods without end.",
  fix: `selector: { matchLabels: labels }, template: { metadata: { labels } }`,
  *check({ kind, spec, metadata, resource }) {
    if (kind === "Job" && spec.selector && !spec.manualSelector)
      return yield {
        path: "spec.selector",
        found: describe(spec.selector),
        wanted: "none: Kubernetes chooses the labels of a Job's pods",
      };
    if (
      ![
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "ReplicaSet",
        "ReplicationController",
        "DeploymentConfig",
        ...(spec.selector ? ["Job"] : []),
      ].includes(kind)
    )
      return notApplicable;
    const selector =
      kind === "ReplicationController" || kind === "DeploymentConfig"
        ? spec.selector
          ? { matchLabels: spec.selector as Readonly<Record<string, string>> }
          : undefined
        : spec.selector;
    if (!selector && resource.apiVersion !== "apps/v1") return notApplicable; // older versions copied the labels
    if (!selects(selector, metadata.labels))
      yield {
        path: "spec.selector",
        found: selector ? describe(selector) : "not set",
        wanted: `labels of the template: ${describe({ matchLabels: metadata.labels ?? {} })}`,
      };
  },
});

export const serviceSelectsPods = resourceRule<Service["props"]>()({
  id: "service-selects-pods",
  needsAll: true,
  number: "K46",
  items: [37],
  on: ["Service"],
  severity: "high",
  levels: everywhere,
  title: "Every Service leads to pods that exist",
  why: "A Service without pods refuses every request, and nothing else says so.",
  fix: `spec: { selector: labels } // the labels of the pod template`,
  *across(service, { graph }) {
    if (!selectsByDesign(service)) return notApplicable;
    if (backing(graph, service).length > 0 || namesOnePod(graph, service)) return;
    const operator = operatedBy(graph, podSelector(service), service.namespace);
    if (operator) throw new UnknownValue(`only ${operator.kind} ${operator.name} knows the labels of its pods`);
    const near = graph.workloads
      .filter(({ namespace }) => namespace === service.namespace)
      .slice(0, 3)
      .map(({ name, metadata }) => `${name} has ${describe({ matchLabels: metadata.labels ?? {} })}`);
    yield {
      path: "spec.selector",
      found: describe(podSelector(service)),
      wanted: near.length
        ? `labels of pods in ${service.namespace}: ${near.join("; ")}`
        : `pods in namespace ${service.namespace}`,
    };
  },
});

const POD_NAME = "statefulset.kubernetes.io/pod-name";

/** Kubernetes itself labels each pod of a StatefulSet with its name. */
function namesOnePod(graph: Graph, { props, namespace }: Service): boolean {
  const { [POD_NAME]: pod = "", ...labels } = props.spec?.selector ?? {};
  const [, owner = "", ordinal = ""] = /^(.+)-(\d+)$/.exec(pod) ?? [];
  const set = graph.workloadNamed("StatefulSet", namespace, owner);
  if (!set || !includes(set.metadata.labels, labels)) return false;
  return Number(ordinal) < (spanOf(graph, set)?.ceiling ?? 0);
}

export const serviceSelectorUnique = resourceRule<Service["props"]>()({
  id: "service-selector-unique",
  number: "K47",
  items: [37],
  on: ["Service"],
  severity: "low",
  levels: { critical: "advisory", standard: "advisory", dev: "advisory" },
  title: "No two Services of a namespace select the same pods",
  why: "The same selector twice is mostly a copied manifest: requests for one service reach another.",
  fix: `spec: { selector: { "app.kubernetes.io/name": "order" } }`,
  *across(service, { graph }) {
    if (!selectsByDesign(service)) return notApplicable;
    const bySelector = graph.once("services by selector", () =>
      Map.groupBy(graph.of<Service["props"]>("Service"), key),
    );
    const others = (bySelector.get(key(service)) ?? []).filter((other) => other !== service && isTwin(service, other));
    if (others.length > 0)
      yield {
        path: "spec.selector",
        found: `${describe(podSelector(service))}, as in ${others.map(({ name }) => name).join(", ")}`,
        wanted: "a selector of its own",
        related: others,
      };
  },
});

/** True for a Service that does the same again; a headless one, one for others or one for other ports beside it is meant. */
function isTwin({ props: { spec: one = {} } }: Service, { props: { spec: other = {} } }: Service): boolean {
  const kindOf = ({ type = "ClusterIP", clusterIP }: ServiceSpec): string => `${type} ${clusterIP === "None"}`;
  const numbers = ({ ports = [] }: ServiceSpec): string[] =>
    ports.flatMap((port) => [String(port.port), String(targetOf(port))]);
  const [ours, theirs] = [numbers(one), numbers(other)];
  return (
    kindOf(one) === kindOf(other) && (ours.length + theirs.length === 0 || ours.some((port) => theirs.includes(port)))
  );
}

function key({ namespace, props }: Service): string {
  try {
    return `${namespace}/${JSON.stringify(Object.entries(props.spec?.selector ?? {}).sort())}`;
  } catch {
    return "unknown";
  }
}
