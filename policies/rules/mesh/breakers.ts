import { inProduction, notApplicable, resourceRule, type Problem } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import { spanOf } from "../../views/capacity.ts";
import { dependenciesOf } from "../../views/dependencies.ts";
import { destinationRuleOf } from "../../views/entry/mesh.ts";
import { meshHost, seconds, type VirtualService } from "../../views/entry/routes.ts";
import { backing, type Service } from "../../views/services.ts";

const BREAKER = `new k8s.apiextensions.CustomResource("payment", { apiVersion: "networking.istio.io/v1", kind: "DestinationRule", spec: { host: "payment", trafficPolicy: { connectionPool: { tcp: { maxConnections: 100, connectTimeout: "1s" }, http: { http1MaxPendingRequests: 100 } }, outlierDetection: { consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s", maxEjectionPercent: 50 } } } })`;

/** True when a mesh stands between the pods: its objects are there, or a namespace asks for it. */
function meshed(graph: Graph): boolean {
  return graph.once(
    "meshed",
    () =>
      ["VirtualService", "DestinationRule", "PeerAuthentication"].some((kind) => graph.of(kind).length > 0) ||
      graph
        .of("Namespace")
        .some(
          ({ metadata }) =>
            metadata.labels?.["istio-injection"] === "enabled" ||
            metadata.labels?.["istio.io/dataplane-mode"] === "ambient",
        ),
  );
}

function called(graph: Graph): ReadonlyMap<string, { readonly by: Resource; readonly timeout: boolean | undefined }> {
  return graph.once("called services", () => {
    const calls = new Map<string, { by: Resource; timeout: boolean | undefined }>();
    for (const workload of graph.workloads)
      for (const { service } of dependenciesOf(graph, workload))
        calls.set(`${service.namespace}/${service.name}`, { by: workload.resource, timeout: undefined });
    for (const virtual of graph.of<VirtualService["props"]>("VirtualService")) {
      for (const { route, timeout } of virtual.props.spec?.http ?? [])
        for (const { destination } of route ?? []) {
          const { name, namespace } = meshHost(destination?.host ?? "", virtual.namespace);
          calls.set(`${namespace}/${name}`, { by: virtual, timeout: (seconds(timeout) ?? 0) > 0 });
        }
    }
    return calls;
  });
}

export const breakerCoverage = resourceRule<Service["props"]>()({
  id: "breaker-coverage",
  number: "X11",
  items: [2, 29],
  on: ["Service"],
  severity: "high",
  levels: inProduction,
  title: "The mesh breaks the circuit to every Service that is called",
  why: "One slow callee fills the connections of all its callers: the whole system stands.",
  fix: BREAKER,
  *across(service, { graph }) {
    const call = called(graph).get(`${service.namespace}/${service.name}`);
    if (!call || !meshed(graph)) return notApplicable;
    const rule = destinationRuleOf(graph, service.namespace, service.name);
    const related = rule ? [rule, call.by] : [call.by];
    const on = rule ? { on: rule, path: "spec.trafficPolicy" } : {}; // what has to change
    const { outlierDetection, connectionPool } = rule?.props.spec?.trafficPolicy ?? {};
    if (!outlierDetection)
      yield {
        path: "metadata.name",
        found: rule ? "a DestinationRule without outlierDetection" : "no DestinationRule",
        wanted: "outlierDetection and connectionPool",
        related,
        ...on,
      };
    if (rule && !connectionPool)
      yield {
        path: "metadata.name",
        found: "a DestinationRule without connectionPool",
        wanted: "limits for connections and waiting requests",
        related,
        ...on,
      };
    if (call.timeout === false)
      yield { path: "spec.http", found: "a route without time-out", wanted: "a time-out", related, on: call.by };
    if (outlierDetection)
      yield* ejection(graph, service, outlierDetection.maxEjectionPercent ?? 10, {
        related,
        ...(rule ? { on: rule } : {}),
      });
  },
});

function* ejection(
  graph: Graph,
  service: Service,
  percent: number,
  about: Pick<Problem, "related" | "on">,
): Iterable<Problem> {
  for (const workload of backing(graph, service)) {
    const span = spanOf(graph, workload);
    if (!span || span.floor < 1) continue;
    const ejected = Math.floor((span.floor * percent) / 100);
    if (span.floor - ejected < 1)
      yield {
        path: "spec.trafficPolicy.outlierDetection.maxEjectionPercent",
        found: `${percent} %: ${span.floor - ejected} left`,
        wanted: ">= 1 pod left",
        note: `${span.source} ${span.floor} − ${ejected} ejected = ${span.floor - ejected}`,
        ...about,
      };
  }
}
