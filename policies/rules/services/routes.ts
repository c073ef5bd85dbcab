import { servicesBehind } from "../../views/entry/backends.ts";
import { everywhere, inProduction, notApplicable, resourceRule, type Problem } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import { actionOf, balancerEndsTls, isBalanced, targetType } from "../../views/entry/load-balancer.ts";
import {
  backendsOf,
  meshHost,
  target,
  type HttpRoute,
  type Ingress,
  type VirtualService,
} from "../../views/entry/routes.ts";
import { servicePort, type Service } from "../../views/services.ts";

export const ingressBackendExists = resourceRule<Ingress["props"]>()({
  id: "ingress-backend-exists",
  needsAll: true,
  number: "K50",
  items: [13, 37],
  on: ["Ingress"],
  severity: "high",
  levels: everywhere,
  title: "Every route leads to a Service and a port that exist",
  why: "The route answers 503 or 404 for ever.",
  fix: `backend: { service: { name: service.metadata.name, port: { name: "http" } } }`,
  *across(ingress, { graph }) {
    for (const declared of backendsOf(ingress))
      if (!declared.backend.resource)
        yield* declared.backend.service?.port?.name === "use-annotation"
          ? actionMissing(ingress, declared)
          : backendMissing(ingress, declared, graph);
  },
});

type Declared = ReturnType<typeof backendsOf> extends Iterable<infer One> ? One : never;

function* backendMissing(ingress: Ingress, { backend, path, route }: Declared, graph: Graph): Iterable<Problem> {
  const old = backend.service === undefined && backend.serviceName !== undefined;
  if (ingress.apiVersion === "networking.k8s.io/v1" && old)
    return yield { path, found: `${route} → serviceName, which v1 does not know`, wanted: "service: { name, port }" };
  const { name, port } = target(backend);
  const service = graph.find<Service["props"]>("Service", ingress.namespace, name ?? "");
  if (!service)
    yield {
      path,
      found: `${route} → ${name ?? "(no name)"}, which is not declared in namespace ${ingress.namespace}`,
      wanted: "a declared Service",
    };
  else if (service.props.spec?.type !== "ExternalName" && !servicePort(service, port))
    yield { path, found: `${route} → ${name}:${port}`, wanted: `port ${declaredPorts(service)}`, related: [service] };
}

function* actionMissing(ingress: Ingress, { backend, path, route }: Declared): Iterable<Problem> {
  const { name = "" } = target(backend);
  if (actionOf(ingress, name) === undefined)
    yield {
      path,
      found: `${route} → action ${name}, which no annotation describes`,
      wanted: `an annotation alb.ingress.kubernetes.io/actions.${name}`,
    };
}

export const balancerReachesTargets = resourceRule<Ingress["props"]>()({
  id: "balancer-reaches-targets",
  number: "C77",
  items: [13, 37],
  on: ["Ingress"],
  severity: "high",
  levels: everywhere,
  title: "The load balancer can register what its Ingress leads to",
  why: "Targets of type instance are node ports: a Service that has none gets no targets, and the balancer answers 503.",
  fix: `metadata: { annotations: { "alb.ingress.kubernetes.io/target-type": "ip" } }`,
  *across(ingress, { graph }) {
    if (!isBalanced(ingress) || targetType(ingress) !== "instance") return notApplicable;
    for (const { backend, path, route } of backendsOf(ingress)) {
      const { name = "" } = target(backend);
      const service = graph.find<Service["props"]>("Service", ingress.namespace, name);
      const type = service?.props.spec?.type ?? "ClusterIP";
      if (service && type !== "NodePort" && type !== "LoadBalancer")
        yield {
          path,
          found: `${route} → ${name}, a ${type} behind targets of type instance`,
          wanted: 'target-type "ip"',
          related: [service],
        };
    }
  },
});

const declaredPorts = ({ props }: Service): string =>
  (props.spec?.ports ?? []).map(({ name, port }) => (name ? `${name} (${port})` : `${port}`)).join(", ") ||
  "(the Service has none)";

export const routeReachesPort = resourceRule<(VirtualService | HttpRoute)["props"]>()({
  id: "route-reaches-port",
  needsAll: true,
  number: "C11",
  items: [13, 37],
  on: ["VirtualService", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"],
  severity: "critical",
  levels: everywhere,
  title: "Every mesh and gateway route leads to a Service and a port that exist",
  why: "The route answers 503 for ever.",
  fix: `backendRefs: [{ name: service.metadata.name, port: 8080 }]`,
  *across(route, { graph }) {
    for (const { name, namespace, port, path } of destinations(graph, route)) {
      const service = graph.find<Service["props"]>("Service", namespace, name);
      if (!service)
        yield { path, found: `${name}, which is not declared in namespace ${namespace}`, wanted: "a declared Service" };
      else if (port !== undefined && !servicePort(service, port))
        yield { path, found: `${name}:${port}`, wanted: `port ${declaredPorts(service)}`, related: [service] };
    }
  },
});

interface Destination {
  readonly name: string;
  readonly namespace: string;
  readonly port: number | undefined;
  readonly path: string;
}

function destinations(graph: Graph, route: Resource): Destination[] {
  const { http } = (route as VirtualService).props.spec ?? {};
  const mesh = (http ?? []).flatMap(({ route: targets }, h) =>
    (targets ?? []).map(({ destination }, d) => ({
      ...meshHost(destination?.host ?? "", route.namespace),
      port: destination?.port?.number,
      path: `spec.http[${h}].route[${d}].destination`,
    })),
  );
  const { rules } = (route as HttpRoute).props.spec ?? {};
  const gateway = (rules ?? []).flatMap((rule, r) =>
    servicesBehind(graph, rule, route.namespace).map((backend) => ({
      ...backend,
      path: `spec.rules[${r}].${backend.path}`,
    })),
  );
  const inCluster = (host: Destination): boolean => route.kind !== "VirtualService" || !/\.(?!svc)/.test(host.name);
  return [...mesh, ...gateway].filter(inCluster);
}

export const ingressTls = resourceRule<Ingress["props"]>()({
  id: "ingress-tls",
  number: "K51",
  items: [13],
  on: ["Ingress"],
  severity: "high",
  levels: inProduction,
  title: "The public entry speaks TLS",
  why: "Without TLS everybody on the way reads tokens and orders, and may change them.",
  fix: `spec: { tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }] }`,
  *check(ingress) {
    if (!ingress.props.spec?.tls?.length && !balancerEndsTls(ingress) && !hasManagedCertificate(ingress))
      yield { path: "spec.tls", found: "none", wanted: "hosts and a certificate" };
  },
});

/** Certificates that Google's controller takes by annotation. */
function hasManagedCertificate({ metadata }: Ingress): boolean {
  return Object.keys(metadata.annotations ?? {}).some((name) =>
    /^(networking\.gke\.io\/(v1beta1\.)?managed-certificates|ingress\.gcp\.kubernetes\.io\/pre-shared-cert)$/.test(
      name,
    ),
  );
}
