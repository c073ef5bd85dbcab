/** Pods that an operator makes: nobody declares them, and only the operator knows their labels. */

import type { Graph } from "../resources/graph.ts";
import type { Selector } from "../resources/kubernetes.ts";
import type { Resource } from "../resources/resource.ts";

/**
 * The declared object of an operator whose pods a selector may mean: a value names the object or its kind, or a key
 * stands in the operator's own group.
 */
export function operatedBy(graph: Graph, selector: Selector | undefined, namespace: string): Resource | undefined {
  const labels = Object.entries(selector?.matchLabels ?? {});
  if (labels.length === 0) return undefined;
  return operated(graph, namespace).find((resource) => {
    const [group = "", kind = ""] = resource.kind.split("/");
    return labels.some(
      ([key, value]) =>
        value === resource.name || value === kind.toLowerCase() || sameGroup(key.split("/")[0] ?? "", group),
    );
  });
}

/** Objects of kinds that are not Kubernetes' own, but for those that make nothing. */
function operated(graph: Graph, namespace: string): readonly Resource[] {
  const all = graph.once("operated objects", () =>
    Map.groupBy(
      graph.resources.filter(({ kind }) => kind.includes("/") && !kind.includes(":") && !MAKES_NO_PODS.test(kind)),
      (resource) => resource.namespace,
    ),
  );
  return all.get(namespace) ?? [];
}

const MAKES_NO_PODS =
  /^(traefik\.(io|containo\.us)|cert-manager\.io|external-secrets\.io|bitnami\.com|secrets-store\.csi\.x-k8s\.io|kyverno\.io|[\w.]*istio\.io|gateway\.networking\.k8s\.io)\//;

/** `strimzi.io` is the group of labels for objects of `kafka.strimzi.io`. */
function sameGroup(prefix: string, group: string): boolean {
  return prefix.includes(".") && (group === prefix || group.endsWith(`.${prefix}`) || prefix.endsWith(`.${group}`));
}
