import { everywhere, notApplicable, stackRule } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";

export const meshIsStrict = stackRule({
  id: "mesh-is-strict",
  number: "C19",
  items: [29],
  severity: "medium",
  levels: everywhere,
  title: "Where a mesh is asked for, it refuses plain text",
  why: "In permissive mode a pod outside the mesh talks to every service, unencrypted and unnamed.",
  fix: `new k8s.apiextensions.CustomResource("default", { apiVersion: "security.istio.io/v1", kind: "PeerAuthentication", spec: { mtls: { mode: "STRICT" } } })`,
  *across(graph: Graph) {
    let asked = false;
    for (const namespace of graph.of("Namespace")) {
      const labels = namespace.metadata.labels ?? {};
      if (labels["istio-injection"] !== "enabled" && labels["istio.io/dataplane-mode"] !== "ambient") continue;
      asked = true;
      const strict = graph
        .of<{ readonly spec?: { readonly selector?: object; readonly mtls?: { readonly mode?: string } } }>(
          "PeerAuthentication",
        )
        .some(
          (peer) =>
            (peer.namespace === namespace.name || peer.namespace === "istio-system") &&
            !peer.props.spec?.selector &&
            peer.props.spec?.mtls?.mode === "STRICT",
        );
      if (!strict)
        yield {
          path: "metadata.labels",
          found: "no PeerAuthentication with mode STRICT for the namespace",
          wanted: "mtls.mode STRICT",
          on: namespace,
        };
    }
    if (!asked) return notApplicable;
  },
});
