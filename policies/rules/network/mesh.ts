import { spanOf } from "../../views/capacity.ts";
import { dependenciesOf } from "../../views/dependencies.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import { meshHost, seconds, type MeshRoute, type VirtualService } from "../../views/routes.ts";
import {
  everywhere,
  inProduction,
  limit,
  notApplicable,
  resourceRule,
  stackRule,
  type Problem,
} from "../../judging/rule.ts";
import { backing, type Service } from "../../views/services.ts";

interface TrafficPolicy {
  readonly connectionPool?: {
    readonly tcp?: { readonly connectTimeout?: string; readonly maxConnections?: number };
    readonly http?: object;
  };
  readonly outlierDetection?: {
    readonly maxEjectionPercent?: number;
    readonly consecutive5xxErrors?: number;
    readonly consecutiveErrors?: number;
  };
}
type DestinationRule = Resource<{ readonly spec?: { readonly host?: string; readonly trafficPolicy?: TrafficPolicy } }>;
const BREAKER = `new k8s.apiextensions.CustomResource("payment", { apiVersion: "networking.istio.io/v1", kind: "DestinationRule", spec: { host: "payment", trafficPolicy: { connectionPool: { tcp: { maxConnections: 100, connectTimeout: "1s" }, http: { http1MaxPendingRequests: 100 } }, outlierDetection: { consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s", maxEjectionPercent: 50 } } } })`;

function destinationRules(graph: Graph): ReadonlyMap<string, DestinationRule> {
  return graph.once(
    "destination rules by host",
    () =>
      new Map(
        graph.of<DestinationRule["props"]>("DestinationRule").map((rule) => {
          const { name, namespace } = meshHost(rule.props.spec?.host ?? "", rule.namespace);
          return [`${namespace}/${name}`, rule];
        }),
      ),
  );
}

const connectSeconds = (graph: Graph, { namespace }: VirtualService, route: MeshRoute): number | undefined => {
  const host = meshHost(route.route?.[0]?.destination?.host ?? "", namespace);
  return seconds(
    destinationRules(graph).get(`${host.namespace}/${host.name}`)?.props.spec?.trafficPolicy?.connectionPool?.tcp
      ?.connectTimeout,
  );
};

export const retryBudget = resourceRule<VirtualService["props"]>()({
  id: "retry-budget",
  number: "X10",
  items: [2],
  on: ["VirtualService"],
  severity: "high",
  levels: inProduction,
  title: "Retries fit into the time the caller waits",
  why: "Retries beyond the time-out are load without an answer; without a time-out they pile up until everything stands.",
  fix: `http: [{ route, timeout: "10s", retries: { attempts: 2, perTryTimeout: "3s" } }]`,
  limits: { attempts: limit("most retries", 3) },
  *across(virtual, { graph, limit: { attempts: most } }) {
    for (const [index, route] of (virtual.props.spec?.http ?? []).entries()) {
      const path = `spec.http[${index}]`;
      const { attempts = 0, perTryTimeout } = route.retries ?? {};
      if (!route.retries || attempts < 1) continue;
      const [timeout, perTry, connect] = [
        seconds(route.timeout),
        seconds(perTryTimeout),
        connectSeconds(graph, virtual, route),
      ];
      if (timeout === undefined || timeout === 0)
        yield {
          path: `${path}.timeout`,
          found: `none, with ${attempts} retries`,
          wanted: "a time-out for all attempts together",
        };
      if (timeout && perTry && (attempts + 1) * perTry > timeout)
        yield {
          path: `${path}.retries`,
          found: `${(attempts + 1) * perTry} s`,
          wanted: `<= ${timeout} s, the time-out`,
          note: `(${attempts} retries + 1) × ${perTry} s = ${(attempts + 1) * perTry} s`,
        };
      if (attempts > most) yield { path: `${path}.retries.attempts`, found: String(attempts), wanted: `<= ${most}` };
      if (connect !== undefined && perTry !== undefined && connect >= perTry)
        yield {
          path: `${path}.retries.perTryTimeout`,
          found: `${perTry} s`,
          wanted: `> ${connect} s, the time to connect`,
        };
    }
    yield* impatience(graph, virtual);
  },
});

/** Routes on which a caller gives up before its own callee would. */
function* impatience(graph: Graph, virtual: VirtualService): Iterable<Problem> {
  const timeouts = graph.once(
    "mesh time-outs by service",
    () =>
      new Map(
        graph.of<VirtualService["props"]>("VirtualService").flatMap((one) =>
          (one.props.spec?.http ?? []).flatMap(({ route, timeout }) =>
            (route ?? []).map(({ destination }) => {
              const { name, namespace } = meshHost(destination?.host ?? "", one.namespace);
              return [`${namespace}/${name}`, seconds(timeout)] as const;
            }),
          ),
        ),
      ),
  );
  for (const [index, { route, timeout }] of (virtual.props.spec?.http ?? []).entries()) {
    const own = seconds(timeout);
    for (const { destination } of own ? (route ?? []) : []) {
      const { name, namespace } = meshHost(destination?.host ?? "", virtual.namespace);
      const service = graph.find<Service["props"]>("Service", namespace, name);
      const callees = service ? backing(graph, service).flatMap((workload) => dependenciesOf(graph, workload)) : [];
      for (const callee of callees) {
        const inner = timeouts.get(`${callee.service.namespace}/${callee.service.name}`);
        if (own && inner && own <= inner && callee.service.name !== name)
          yield {
            path: `spec.http[${index}].timeout`,
            found: `${own} s`,
            wanted: `> ${inner} s, which ${name} waits for ${callee.service.name}`,
          };
      }
    }
  }
}

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
    const rule = destinationRules(graph).get(`${service.namespace}/${service.name}`);
    const related = rule ? [rule, call.by] : [call.by];
    const { outlierDetection, connectionPool } = rule?.props.spec?.trafficPolicy ?? {};
    if (!outlierDetection)
      yield {
        path: "metadata.name",
        found: rule ? "a DestinationRule without outlierDetection" : "no DestinationRule",
        wanted: "outlierDetection and connectionPool",
        related,
      };
    if (rule && !connectionPool)
      yield {
        path: "metadata.name",
        found: "a DestinationRule without connectionPool",
        wanted: "limits for connections and waiting requests",
        related,
      };
    if (call.timeout === false)
      yield { path: "metadata.name", found: "a route without time-out", wanted: "a time-out", related };
    if (outlierDetection) yield* ejection(graph, service, outlierDetection.maxEjectionPercent ?? 10, related);
  },
});

function* ejection(
  graph: Graph,
  service: Service,
  percent: number,
  related: readonly Resource[],
): Iterable<{ path: string; found: string; wanted: string; note: string; related: readonly Resource[] }> {
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
        related,
      };
  }
}

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
