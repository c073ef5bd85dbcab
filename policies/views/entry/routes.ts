/** How requests reach a workload: Ingress, Gateway API and mesh routes, with their time-outs. */

import { type BackendRef, servicesBehind } from "./backends.ts";
import type { Graph } from "../../resources/graph.ts";
import type { IntOrString } from "../../resources/kubernetes.ts";
import type { Workload } from "../../resources/pods.ts";
import type { Resource } from "../../resources/resource.ts";

export interface MeshRoute {
  readonly route?: readonly {
    readonly destination?: {
      readonly host?: string;
      readonly port?: { readonly number?: number };
      readonly subset?: string;
    };
  }[];
  readonly timeout?: string;
  readonly retries?: { readonly attempts?: number; readonly perTryTimeout?: string };
}
export type VirtualService = Resource<{
  readonly spec?: { readonly hosts?: readonly string[]; readonly http?: readonly MeshRoute[] };
}>;
/** A header or a parameter that a request must have. */
export interface Condition {
  readonly type?: string;
  readonly name?: string;
  readonly value?: string;
}
/** What a request must look like. */
export interface Match {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly Condition[];
  readonly queryParams?: readonly Condition[];
}
export interface GatewayRule {
  readonly matches?: readonly Match[];
  readonly backendRefs?: readonly BackendRef[];
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string };
  readonly filters?: readonly {
    readonly type?: string;
    readonly extensionRef?: { readonly name?: string };
    readonly requestHeaderModifier?: { readonly remove?: readonly string[] };
    readonly urlRewrite?: { readonly path?: { readonly replaceFullPath?: string } };
  }[];
}
export type HttpRoute = Resource<{
  readonly spec?: {
    readonly rules?: readonly GatewayRule[];
    readonly parentRefs?: readonly {
      readonly kind?: string;
      readonly name?: string;
      readonly namespace?: string;
      readonly sectionName?: string;
      readonly port?: number;
    }[];
    readonly hostnames?: readonly string[];
  };
}>;
export interface IngressBackend {
  readonly service?: { readonly name?: string; readonly port?: { readonly number?: number; readonly name?: string } };
  readonly resource?: object;
  readonly serviceName?: string;
  readonly servicePort?: IntOrString;
}
export interface IngressSpec {
  readonly ingressClassName?: string;
  readonly defaultBackend?: IngressBackend;
  readonly backend?: IngressBackend; // v1beta1
  readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
  readonly rules?: readonly {
    readonly host?: string;
    readonly http?: {
      readonly paths?: readonly {
        readonly path?: string;
        readonly pathType?: string;
        readonly backend?: IngressBackend;
      }[];
    };
  }[];
}
export type Ingress = Resource<{ readonly spec?: IngressSpec }>;

/** True when a rule leads to nothing but the health of a service. */
export function leadsToHealth(matches: readonly Match[] = []): boolean {
  return matches.length > 0 && matches.every(({ path }) => /^\/(healthz?|ready|live)/.test(path?.value ?? ""));
}

/** Every backend of an Ingress with its property path. */
export function* backendsOf({
  props,
}: Ingress): Iterable<{ readonly backend: IngressBackend; readonly path: string; readonly route: string }> {
  const fallback = props.spec?.defaultBackend ?? props.spec?.backend;
  if (fallback)
    yield { backend: fallback, path: props.spec?.defaultBackend ? "spec.defaultBackend" : "spec.backend", route: "" };
  for (const [r, rule] of (props.spec?.rules ?? []).entries()) {
    for (const [p, { backend, path }] of (rule.http?.paths ?? []).entries())
      if (backend)
        yield { backend, path: `spec.rules[${r}].http.paths[${p}].backend`, route: `${rule.host ?? ""}${path ?? ""}` };
  }
}

/** Name and port of an Ingress backend in either API version. */
export function target({ service, serviceName, servicePort }: IngressBackend): {
  readonly name: string | undefined;
  readonly port: IntOrString | undefined;
} {
  return { name: service?.name ?? serviceName, port: service?.port?.number ?? service?.port?.name ?? servicePort };
}

/** Service that a mesh host means: `order`, `order.shop`, `order.shop.svc.cluster.local`. */
export function meshHost(host: string, namespace: string): { readonly name: string; readonly namespace: string } {
  const [name = "", space] = host.split(".");
  return { name, namespace: space ?? namespace };
}

/** Seconds of a duration such as 610ms, 1.5s, 2m, 1h; undefined for anything else. */
export function seconds(text: string | number | undefined): number | undefined {
  if (typeof text === "number") return text;
  const parts = [...(text ?? "").matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const unit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, digits, name]) => sum + Number(digits) * (unit[name ?? ""] ?? 0), 0);
}

const DEFAULT_SECONDS = 15; // what Envoy and most gateways wait without a time-out of their own

/** The longest time that a route waits for this workload, or somebody who calls its Service where no route says how long; undefined without a Service. */
export function longestRequest(
  graph: Graph,
  workload: Workload,
): { readonly seconds: number; readonly resource: Resource } | undefined {
  const waits = graph.once("route time-outs", () =>
    Map.groupBy(
      [...meshWaits(graph), ...gatewayWaits(graph), ...ingressWaits(graph)],
      ({ namespace, service }) => `${namespace}/${service}`,
    ),
  );
  const services = graph.selecting("Service", workload);
  const mine = services.flatMap(({ name }) => waits.get(`${workload.namespace}/${name}`) ?? []);
  return (
    mine.reduce<Wait | undefined>(
      (longest, wait) => (longest && longest.seconds >= wait.seconds ? longest : wait),
      undefined,
    ) ??
    (services[0] && { seconds: DEFAULT_SECONDS, resource: services[0] })
  );
}

interface Wait {
  readonly service: string;
  readonly namespace: string;
  readonly seconds: number;
  readonly resource: Resource;
}

function meshWaits(graph: Graph): Wait[] {
  return graph.of<VirtualService["props"]>("VirtualService").flatMap((resource) =>
    (resource.props.spec?.http ?? []).flatMap(({ route, timeout }) =>
      (route ?? []).map(({ destination }) => {
        const { name, namespace } = meshHost(destination?.host ?? "", resource.namespace);
        return { service: name, namespace, seconds: (seconds(timeout) || undefined) ?? DEFAULT_SECONDS, resource };
      }),
    ),
  );
}

function gatewayWaits(graph: Graph): Wait[] {
  return graph.of<HttpRoute["props"]>("HTTPRoute").flatMap((resource) =>
    (resource.props.spec?.rules ?? []).flatMap((rule) =>
      servicesBehind(graph, rule, resource.namespace).map(({ name, namespace, answersWithin }) => ({
        service: name,
        namespace,
        seconds:
          (seconds(answersWithin ?? rule.timeouts?.request ?? rule.timeouts?.backendRequest) || undefined) ??
          DEFAULT_SECONDS,
        resource,
      })),
    ),
  );
}

function ingressWaits(graph: Graph): Wait[] {
  return graph.of<Ingress["props"]>("Ingress").flatMap((resource) => {
    const { annotations = {} } = resource.metadata;
    const idle = /idle_timeout\.timeout_seconds=(\d+)/.exec(
      annotations["alb.ingress.kubernetes.io/load-balancer-attributes"] ?? "",
    )?.[1];
    const wait =
      seconds(Number(annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"] ?? idle ?? DEFAULT_SECONDS)) ??
      DEFAULT_SECONDS;
    return [...backendsOf(resource)].map(({ backend }) => ({
      service: target(backend).name ?? "",
      namespace: resource.namespace,
      seconds: wait,
      resource,
    }));
  });
}
